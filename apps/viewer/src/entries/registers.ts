import { type Log, parseRegister, type RegisterDocument, RegisterError } from '@zegel/log';
import { plainText } from '@zegel/reading';
import type { SearchIndex } from '@zegel/search';
import { entriesOf, kinds, type ReadEntry } from './control-entries.ts';

/** A version of the register, as the log holds it. */
export interface RegisterVersion {
  readonly version: number;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Of the (first) entry that brought it. */
  readonly index: number;
  readonly document: RegisterDocument;
}

const MOST = 10_000;

/** What was found of each log; a version never changes. */
const found = new WeakMap<Log, Map<number, RegisterVersion>>();

/** The version of an activity that an entry states, `key@version`; undefined where it states none. */
export function statedVersion(activity: unknown): number | undefined {
  const [, version] = typeof activity === 'string' ? activity.split('@') : [];
  return version === undefined || !/^[1-9][0-9]{0,8}$/.test(version) ? undefined : Number(version);
}

/** The register of a version, as it was then. Undefined where the log has none such or it can't be read. */
export async function registerVersion(
  log: Log,
  index: SearchIndex,
  version: number,
): Promise<RegisterVersion | undefined> {
  const known = found.get(log) ?? new Map<number, RegisterVersion>();
  found.set(log, known);
  if (!known.has(version)) for (const each of await readRegisters(index)) known.set(each.version, each);
  return known.get(version);
}

/** All versions; parts of one are adjacent. */
async function readRegisters(index: SearchIndex): Promise<readonly RegisterVersion[]> {
  const versions = new Map<unknown, ReadEntry[]>();
  for await (const entry of entriesOf(index, { conditions: [kinds('register')] }, MOST)) {
    const { version } = entry.body;
    versions.set(version, [entry, ...(versions.get(version) ?? [])]);
  }
  return [...versions.values()].map(readVersion).filter((one) => one !== undefined);
}

function readVersion(parts: readonly ReadEntry[]): RegisterVersion | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  const { version, date } = first.body;
  try {
    const text = parts.map(({ body }) => plainText(body['document'])).join('');
    const document = parseRegister(JSON.parse(text));
    return { version: Number(version), date: plainText(date), index: first.index, document };
  } catch (error) {
    // What is wrong with it is for verification to tell; here it has no names to give.
    if (error instanceof RegisterError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
