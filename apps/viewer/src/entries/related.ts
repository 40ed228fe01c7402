import { parseTime, type SealedPart } from '@zegel/core';
import type { Log, StoredEntry } from '@zegel/log';
import {
  type EntryObject,
  type Mentions,
  mentionsOf,
  openSealed,
  parseBody,
  plainText,
} from '@zegel/reading';
import type { Plan, SearchIndex } from '@zegel/search';
import { entriesOf, from, kinds, only, type ReadEntry } from './control-entries.ts';

/** Entries that have to do with one, by index. */
export interface Related {
  /** Those that it names. */
  readonly of: readonly ReadEntry[];
  /** Those that name it. */
  readonly by: readonly ReadEntry[];
  /** Those of the same trace, newest first, and how many there are. */
  readonly trace: readonly ReadEntry[];
  readonly traceCount: number;
  /** Indexes of all parts of its event, where it was split. */
  readonly parts: readonly number[];
}

/** Entries of each sort that are shown. */
const MOST_SHOWN = 20;
/** Entries that are looked at for a reference back. */
const MOST_SOUGHT = 1000;
/** An access is supplemented once its act has ended: so many entries after it at most are looked at. */
const WINDOW = 50_000;
const DAY = 86_400_000;
const CONTROLS = ['correction', 'hold', 'confidentiality', 'review'] as const;

/** What an entry has to do with others, by reference, by trace and as a part. */
export async function findRelated(log: Log, index: SearchIndex, entry: StoredEntry): Promise<Related> {
  const body = parseBody(entry);
  if (body === undefined)
    return { of: [], by: await naming(index, entry.index, {}), trace: [], traceCount: 0, parts: [] };
  const { trace, traceCount } = await sameTrace(log, index, entry, body);
  return {
    of: await namedBy(log, body),
    by: await naming(index, entry.index, body),
    trace,
    traceCount,
    parts: partsOf(entry.index, body),
  };
}

/** Indexes in `of`, which is one or a list. */
function references({ of }: EntryObject): readonly number[] {
  return [of].flat().filter((each) => typeof each === 'number');
}

async function namedBy(log: Log, body: EntryObject): Promise<readonly ReadEntry[]> {
  const size = await log.size();
  const named: ReadEntry[] = [];
  for (const at of references(body).slice(0, MOST_SHOWN))
    if (Number.isSafeInteger(at) && at >= 0 && at < size)
      named.push({ index: at, body: parseBody(await log.entry(at)) ?? {} });
  return named;
}

async function naming(index: SearchIndex, named: number, body: EntryObject): Promise<readonly ReadEntry[]> {
  const plans: Plan[] = [{ conditions: [kinds(...CONTROLS), from(named + 1)] }];
  if (body['kind'] === 'access') plans.push(supplements(named, body));
  const by: ReadEntry[] = [];
  for (const plan of plans)
    for await (const entry of entriesOf(index, plan, MOST_SOUGHT))
      if (references(entry.body).includes(named)) by.push(entry);
  return by.sort((a, b) => a.index - b.index).slice(0, MOST_SHOWN);
}

/** Accesses that may say how this one ended: of the same service and activity, not begun themselves, within a day. */
function supplements(named: number, { service, activity, occurred }: EntryObject): Plan {
  const key = plainText(activity).split('@', 1)[0] ?? '';
  const time = parseTime(plainText(occurred)) ?? 0;
  return {
    conditions: [
      from(named + 1, named + WINDOW),
      only({ kind: 'term', attribute: 'service', value: plainText(service) }),
      only({ kind: 'term', attribute: 'activity', value: key }),
      { negated: true, any: [{ kind: 'term', attribute: 'outcome', value: 'begun' }] },
      only({ kind: 'time', from: time - DAY, to: time + DAY }),
    ],
  };
}

async function sameTrace(
  log: Log,
  index: SearchIndex,
  entry: StoredEntry,
  body: EntryObject & Mentions,
): Promise<Pick<Related, 'trace' | 'traceCount'>> {
  const trace = await traceOf(log, entry, body);
  if (trace === undefined) return { trace: [], traceCount: 0 };
  const plan: Plan = { conditions: [only({ kind: 'trace', trace })] };
  const others: ReadEntry[] = [];
  for await (const each of entriesOf(index, plan, MOST_SHOWN + 1))
    if (each.index !== entry.index) others.push(each);
  const traceCount = await index.count(plan);
  return { trace: others.slice(0, MOST_SHOWN), traceCount: Math.max(0, traceCount - 1) };
}

/** The trace of an entry where the vault still opens it; it never leaves the server. */
async function traceOf(
  log: Log,
  entry: StoredEntry,
  body: EntryObject & Mentions,
): Promise<string | undefined> {
  const sealed = Array.isArray(body['sealed']) ? (body['sealed'] as readonly SealedPart[]) : [];
  const at = sealed.findIndex(({ part }) => part === 'trace');
  const part = sealed[at];
  if (part === undefined) return undefined;
  const mentions = await mentionsOf(log, entry.index, body);
  const value = openSealed(log.vault, log.origin, body, mentions, part, at);
  const trace = typeof value === 'object' && value !== null && 'trace' in value ? value.trace : undefined;
  return typeof trace === 'string' ? trace : undefined;
}

function partsOf(index: number, { part }: Mentions): readonly number[] {
  if (part === undefined) return [];
  return Array.from({ length: part.of }, (_, i) => index - part.number + 1 + i);
}
