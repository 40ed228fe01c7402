const LONGEST = 64;

/**
 * Names what a route does: method and pattern, never the URL. `('GET', '/customers/:id')` gives `get.customers.id`; the
 * answer fits `[a-z0-9][a-z0-9._-]{0,63}`. What a router's parameter must look like (`:id{[0-9]+}`, `:id(\\d+)`) is left out.
 */
export function operationOf(method: string, pattern: string): string {
  const bare = pattern.replaceAll(/:(\w+)\{[^/]*\}/g, ':$1').replaceAll(/\([^/]*\)/g, '');
  const name = `${method}.${bare.replaceAll(/\*(?!\w)/g, 'any')}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '.')
    .slice(0, LONGEST);
  return name.replaceAll(/^[._-]+|[._-]+$/g, '') || 'any';
}
