import type { EntryIndex, Finding } from '@zegel/core';
import type { StoredEntry } from '@zegel/log/port';
import { subjectsBefore } from '../follow/part-base.ts';
import type { LogSource } from '../log-port.ts';
import { readFacts } from '../segment/facts.ts';
import { type Judged, Matcher } from './matches.ts';
import type { Plan } from '../query/plan.ts';
import type { IndexVault } from '../vault-port.ts';
import type { ActivityNames } from './resolve.ts';

/** Entries as the log has them, and what the index said that the log does not bear out. */
export interface Fetched {
  /** In the order asked for; entries that do not match, or have no body, are left out. */
  readonly entries: readonly StoredEntry[];
  /** `index-differs` per hit that the entry itself does not bear out, `store-damaged` per hit that can't be read. */
  readonly findings: readonly Finding[];
  /** Hits without a body: removed since they were indexed, lawfully or not. That is for verification to say. */
  readonly gone: readonly EntryIndex[];
}

/**
 * Reads hits from the log and holds each against the plan by its own bytes, so that an edited index can hide entries but
 * never show a wrong one. A body removed or a handle destroyed since is no finding.
 */
export async function fetchHits(
  log: LogSource,
  vault: IndexVault | undefined,
  plan: Plan,
  indexes: readonly EntryIndex[],
  names?: ActivityNames,
): Promise<Fetched> {
  const matcher = new Matcher(plan, vault, names);
  const entries: StoredEntry[] = [];
  const findings: Finding[] = [];
  const gone: EntryIndex[] = [];
  const read = await readMany(log, indexes);
  for (const index of indexes) {
    const entry = read.get(index);
    if (entry?.damage !== undefined && entry.bytes === undefined) findings.push(damaged(index, entry.damage));
    else if (entry !== undefined && entry.bytes === undefined) gone.push(index);
    else {
      const judged = entry && (await judge(log, entry));
      if (entry !== undefined && judged !== undefined && matcher.matches(judged)) entries.push(entry);
      // Handles may go between the writing of the index and this reading of the log.
      else if (judged === undefined || !matcher.mayHaveMatched(judged)) findings.push(differs(index));
    }
  }
  return { entries, findings, gone };
}

function damaged(index: EntryIndex, what: string): Finding {
  return { code: 'store-damaged', index, message: `entry ${index} can't be read: ${what}` };
}

function differs(index: EntryIndex): Finding {
  return {
    code: 'index-differs',
    index,
    message: `the index names entry ${index} for a query that it does not match`,
  };
}

// A store packs some dozens of neighbours into one: those as near as this are read in one go.
const NEAR = 32;

/** Entries by their indexes; there is none beyond the head. */
async function readMany(
  log: LogSource,
  indexes: readonly number[],
): Promise<ReadonlyMap<number, StoredEntry>> {
  const found = new Map<number, StoredEntry>();
  const asked = new Set(indexes);
  const wanted = [...asked].sort((a, b) => a - b);
  for (let at = 0; at < wanted.length; ) {
    const first = wanted[at] ?? 0;
    let last = first;
    while (at < wanted.length && (wanted[at] as number) <= last + NEAR) last = wanted[at++] as number;
    for await (const chunk of log.read(first, last + 1))
      for (const entry of chunk) if (asked.has(entry.index)) found.set(entry.index, entry);
  }
  return found;
}

async function judge(log: LogSource, entry: StoredEntry): Promise<Judged | undefined> {
  const facts = entry.bytes === undefined ? undefined : readFacts(entry.bytes);
  return facts && { index: entry.index, facts, base: await subjectsBefore(log, entry.index, facts) };
}
