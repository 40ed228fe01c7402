import type { Context } from 'hono';

const LONGEST = 2000;

/** Texts of a JSON body under these names; undefined unless it is an object with at least one of them and no others. */
export async function textsOf<K extends string>(
  c: Context,
  names: readonly K[],
): Promise<Partial<Record<K, string>> | undefined> {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const entries = Object.entries(body);
  const fits = entries.every(([name, value]) => (names as readonly string[]).includes(name) && isText(value));
  return fits && entries.length > 0 ? body : undefined;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST;
}
