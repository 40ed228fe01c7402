/**
 * Where a worker's module is and how it is to be run. From sources (tests) the workers are sources too, and so are the
 * packages they import.
 *
 * @param from `import.meta.url` of the caller; @param path of the worker beside it, without its ending
 */
export function workerUrl(from: string, path: string): { readonly url: URL; readonly execArgv: string[] } {
  const source = from.endsWith('.ts');
  return {
    url: new URL(`${path}${source ? '.ts' : '.js'}`, from),
    execArgv: source ? ['--conditions=source', '--no-warnings'] : [],
  };
}
