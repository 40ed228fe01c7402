import type { LogStore } from '@zegel/log/port';

/** All that an inspection says, damage and remarks, a line each. */
export async function inspected(store: LogStore): Promise<string> {
  const found = await store.inspect();
  return found.map((one) => (typeof one === 'string' ? one : `${one.code}: ${one.remark}`)).join('\n');
}
