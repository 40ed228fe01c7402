import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtinRegister, compileRegister, validateEvent } from '@zegel/log';
import {
  type ImportedEvent,
  type ImportOptions,
  type ImportRefusal,
  importStream,
} from '../src/import-stream.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A folder of `../shared`, seen from the project root. */
export function sharedFolder(name: string): string {
  return join(root, '../shared/data', name);
}

/** The JSON files of a folder with their bytes, by name; none where the folder is absent. */
export function filesOf(folder: string): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
}

/** Bytes as a stream of chunks of the given size. */
export async function* streamOf(bytes: Uint8Array | string, size = 65_536): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.from(bytes);
  for (let at = 0; at < buffer.length; at += size) yield buffer.subarray(at, at + size);
}

/** Everything an async iterable gives. */
export async function collect<T>(source: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}

/** What a file gives. */
export async function importAll(
  from: ImportOptions['from'],
  name: string,
  bytes: Uint8Array | string,
  more: Pick<ImportOptions, 'activity' | 'limits'> = {},
): Promise<readonly (ImportedEvent | ImportRefusal)[]> {
  return collect(importStream({ from, name, source: streamOf(bytes), ...more }));
}

const register = compileRegister(builtinRegister, 1);

/** What the log would refuse about an event under the built-in register. */
export function problemsOf(event: unknown): readonly unknown[] {
  const result = validateEvent(register, event);
  return Array.isArray(result) ? result : [];
}

/** Counts by a key. */
export function tally(keys: Iterable<string | undefined>): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[String(key)] = (counts[String(key)] ?? 0) + 1;
  return counts;
}
