import { isObject, type Json } from './json.ts';
import { type Found, type Item, numberOf, recordedOf, textOf } from './log-file.ts';
import { msOf } from './values.ts';

/** One retention entry and the missing bodies that it is the first to cover. */
interface Cover {
  readonly by: Item;
  readonly bodies: readonly number[];
}

export function coversOf(items: readonly Item[]): readonly Cover[] {
  const taken = new Set<number>();
  const covers: Cover[] = [];
  for (const by of items) {
    if (by.entry?.['kind'] !== 'retention') continue;
    const ranges = by.entry['ranges'] as readonly (readonly [number, number])[];
    const bodies = items
      .filter(({ at, isPruned }) => isPruned && at < by.at && !taken.has(at))
      .filter(({ at }) => ranges.some(([first, last]) => first <= at && at <= last))
      .map(({ at }) => at);
    for (const at of bodies) taken.add(at);
    if (bodies.length > 0) covers.push({ by, bodies });
  }
  return covers;
}

/** Bodies that are missing: without a cover, or under one, which may be premature or under a hold. */
export function checkPruning(items: readonly Item[]): readonly Found[] {
  const found: Found[] = [];
  const covers = coversOf(items);
  for (const { by, bodies } of covers) {
    const first = Math.min(...bodies);
    found.push({ code: 'pruned', index: first });
    const cutoff = msOf(textOf(by.entry?.['cutoff'])) ?? Number.POSITIVE_INFINITY;
    const isFuture = cutoff > (recordedOf(by) ?? 0);
    const early = isFuture ? first : bodies.find((at) => floorOf(items, at) >= cutoff);
    if (early !== undefined) found.push({ code: 'pruned-early', index: early });
    if (holdsAt(items, by).length > 0) found.push({ code: 'pruned-hold', index: first });
  }
  const covered = new Set(covers.flatMap(({ bodies }) => bodies));
  const bare = items.filter(({ at, isPruned }) => isPruned && !covered.has(at)).map(({ at }) => at);
  for (const at of bare) if (!bare.includes(at - 1)) found.push({ code: 'body-missing', index: at });
  return found;
}

// The last time still readable before a missing body: it was recorded then or later.
function floorOf(items: readonly Item[], at: number): number {
  const before = items.slice(0, at).findLast((item) => recordedOf(item) !== undefined);
  return before === undefined ? Number.NEGATIVE_INFINITY : (recordedOf(before) ?? 0);
}

// Holds without subjects, of the activity or of all, placed and not lifted below the cover.
function holdsAt(items: readonly Item[], by: Item): readonly Item[] {
  const holds = items.slice(0, by.at).filter(({ entry }) => entry?.['kind'] === 'hold');
  const lifted = holds
    .filter(({ entry }) => entry?.['state'] === 'lifted')
    .map(({ at, entry }) => ({ at, of: entry?.['of'] }));
  return holds.filter(({ at, entry }) => {
    if (entry?.['state'] !== 'placed' || entry['subjectCount'] !== 0) return false;
    if (lifted.some(({ of }) => of === at)) return false;
    const part = entry['part'];
    if (isObject(part) && part['number'] !== 1) return false;
    return entry['activity'] === undefined || entry['activity'] === by.entry?.['activity'];
  });
}

/** Holes in the counters of the senders. */
export function checkSources(items: readonly Item[]): readonly Found[] {
  const bySource = new Map<string, { readonly seq: number; readonly at: number }[]>();
  for (const { at, entry } of items) {
    const source: Json | undefined = entry?.['source'];
    const part = entry?.['part'];
    // A split event counts once, with its last part.
    if (!isObject(source) || (isObject(part) && part['number'] !== part['of'])) continue;
    const id = textOf(source['id']);
    const marks = bySource.get(id) ?? [];
    bySource.set(id, marks);
    marks.push({ seq: numberOf(source['seq']), at });
  }
  return [...bySource.values()].flatMap((marks) => holesOf(marks, items));
}

function holesOf(
  marks: readonly { readonly seq: number; readonly at: number }[],
  items: readonly Item[],
): readonly Found[] {
  const found: Found[] = [];
  const seen = new Set(marks.map(({ seq }) => seq));
  let last = marks[0];
  for (const mark of marks) {
    if (last === undefined || mark.seq <= last.seq) continue;
    const { at: from } = last;
    // Bodies gone in between may be the events that seem lost.
    const gone = items.filter(({ at, isPruned }) => isPruned && at > from && at < mark.at).length;
    let run = 0;
    for (let seq = last.seq + 1; seq <= mark.seq; seq++) {
      if (!seen.has(seq)) run++;
      else {
        if (run > gone) found.push({ code: 'source-hole', index: mark.at });
        run = 0;
      }
    }
    last = mark;
  }
  return found;
}
