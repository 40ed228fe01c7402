import type { StoredEntry } from '@zegel/log/port';
import type { LogSource } from '../log-port.ts';
import type { SegmentBuilder } from '../segment/builder.ts';
import { type Facts, readFacts } from '../segment/facts.ts';

// A log that was tampered with may claim any number of parts; writers make less than two hundred.
const MOST_PARTS = 1000;

/** Adds adjacent entries, looking elsewhere in the log for what the positions in a split event need. */
export async function addEntries(
  builder: SegmentBuilder,
  log: LogSource,
  entries: readonly StoredEntry[],
): Promise<void> {
  for (const { bytes, index } of entries) {
    const part = builder.add(bytes);
    if (part !== undefined) builder.addPart(part, await subjectsBefore(log, index, part));
  }
}

/**
 * Subjects in the parts before one of a split event: positions run over all of them (format v1 §3). Where bodies of earlier
 * parts are pruned, it is what all subjects are less those from this part on. Undefined where later ones are missing too.
 */
export async function subjectsBefore(
  log: LogSource,
  index: number,
  facts: Facts,
): Promise<number | undefined> {
  if (facts.part === 0) return 0;
  const before = await sumParts(log, index, facts, -1, 1);
  if (before !== undefined) return before;
  const after = await sumParts(log, index, facts, 1, facts.parts);
  const left = facts.subjectCount - facts.subjects - (after ?? Number.POSITIVE_INFINITY);
  return left >= 0 ? left : undefined;
}

/** Subjects of the parts from the one beside this one up to part `last`; undefined unless all are there. */
async function sumParts(
  log: LogSource,
  index: number,
  { id, part }: Facts,
  step: 1 | -1,
  last: number,
): Promise<number | undefined> {
  const count = (last - part) * step;
  if (count > MOST_PARTS) return undefined;
  let subjects = 0;
  for (let n = 1; n <= count; n++) {
    const bytes = (await readOne(log, index + n * step))?.bytes;
    const facts = bytes && readFacts(bytes);
    if (facts?.id !== id || facts.part !== part + n * step) return undefined;
    subjects += facts.subjects;
  }
  return subjects;
}

/** One entry of the log; undefined beyond its head. */
export async function readOne(log: LogSource, index: number): Promise<StoredEntry | undefined> {
  for await (const chunk of log.read(index, index + 1)) {
    const entry = chunk[0];
    if (entry !== undefined) return entry;
  }
  return undefined;
}
