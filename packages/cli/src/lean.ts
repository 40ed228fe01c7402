/** glibc gives memory back as it falls free, and keeps no arena for every thread; elsewhere nobody reads these. */
const MEMORY = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '131072' };

/** Commands that read a log from its beginning to its end. */
const WHOLE: readonly string[] = ['verify', 'copy'];

/**
 * Whether a command is worth beginning anew for: what runs for days, and what reads all of a log in a bucket, by buffers
 * of megabytes that would stay behind in the heap.
 */
export function isLong(
  [command = '', ...args]: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (command === 'serve') return true;
  return (
    WHOLE.includes(command) && [...args, env['ZEGEL_LOG'] ?? ''].some((text) => /^(?:--\w+=)?s3:/.test(text))
  );
}

/**
 * Begins the process anew, under the same number, with settings of the memory by which a viewer of millions of entries
 * needs a quarter less: they can only be given before a process starts. Returns where that was done already, where
 * somebody chose settings of their own, or where there are none.
 */
export function runLean(): void {
  const { execArgv, argv, env } = process;
  const isChosen = Object.keys(MEMORY).some((name) => name in env);
  if (isChosen || process.platform !== 'linux' || process.channel !== undefined) return;
  process.execve?.(process.execPath, [process.execPath, ...execArgv, ...argv.slice(1)], {
    ...env,
    ...MEMORY,
  });
}
