import { parseBody } from '@zegel/reading';
import type { LogReader, StoredEntry } from '@zegel/log';

/** The remark of an access that the data layer saw and nobody had declared. */
export const UNDECLARED = 'undeclared';

/** The remark of an entry that supplements the one before it. */
const SUPPLEMENT = 'supplement';

/** Accesses behind a declaration's back: by one query, from one route, under one activity. */
export interface Undeclared {
  readonly service: string;
  /** Operation of the entry that they supplement; undefined where nothing had been declared. */
  readonly route: string | undefined;
  /** Their own operation: the shape of the query. */
  readonly query: string;
  readonly activity: string;
  /** What was read or changed beyond the declaration, sorted. */
  readonly fields: readonly string[];
  readonly count: number;
  /** `YYYY-MM-DDTHH:mm:ss.sssZ` */
  readonly last: string;
  /** Entry of the last one. */
  readonly index: number;
}

/** Groups entries by route and query, most frequent first. Entries without a body are passed over. */
export async function groupUndeclared(
  log: Pick<LogReader, 'entry'>,
  entries: AsyncIterable<StoredEntry>,
): Promise<readonly Undeclared[]> {
  const groups = new Map<string, Undeclared>();
  for await (const entry of entries) {
    const one = await undeclaredOf(log, entry);
    if (one === undefined) continue;
    const key = JSON.stringify([one.service, one.route, one.query, one.activity]);
    groups.set(key, merged(groups.get(key), one));
  }
  return [...groups.values()].sort((a, b) => b.count - a.count || (a.last < b.last ? 1 : -1));
}

function merged(known: Undeclared | undefined, one: Undeclared): Undeclared {
  if (known === undefined) return one;
  const later = one.last >= known.last ? one : known;
  const fields = [...new Set([...known.fields, ...one.fields])].sort();
  return { ...later, fields, count: known.count + one.count };
}

async function undeclaredOf(
  log: Pick<LogReader, 'entry'>,
  entry: StoredEntry,
): Promise<Undeclared | undefined> {
  const body = parseBody(entry);
  // An event over many persons is split: its parts are one access.
  if (body === undefined || (body.part?.number ?? 1) > 1) return undefined;
  const { fields } = body;
  const of = supplemented(entry.index, body);
  return {
    service: textOf(body['service']),
    route: of === undefined ? undefined : await operationAt(log, of),
    query: textOf(body['operation']),
    activity: textOf(body['activity']).replace(/@.*/, ''),
    fields: Array.isArray(fields) ? fields.map(textOf).sort() : [],
    count: 1,
    last: textOf(body['occurred']),
    index: entry.index,
  };
}

/** Index of the entry that one supplements: the one it names, or, appended together with it, the one before. */
function supplemented(index: number, { of, flags }: Readonly<Record<string, unknown>>): number | undefined {
  if (typeof of === 'number') return of < index ? of : undefined;
  return index > 0 && Array.isArray(flags) && flags.includes(SUPPLEMENT) ? index - 1 : undefined;
}

async function operationAt(log: Pick<LogReader, 'entry'>, index: number): Promise<string | undefined> {
  const body = parseBody(await log.entry(index));
  return body === undefined ? undefined : textOf(body['operation']);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
