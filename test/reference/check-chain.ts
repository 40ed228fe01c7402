import { b64, sha256, utf8 } from './bytes.ts';
import { type Found, type Item, memberOf, numberOf, recordedOf, textOf } from './log-file.ts';
import { msOf } from './values.ts';

const BOUND = 5 * 60_000;

/** Findings about each entry by itself. */
export function checkItems(items: readonly Item[]): readonly Found[] {
  return items.flatMap(({ at, wrongLeaf, problem }) => [
    ...(wrongLeaf ? [{ code: 'leaf-hash', index: at }] : []),
    ...(problem === undefined ? [] : [{ code: problem, index: at }]),
  ]);
}

/** `index` counts on; where it jumps, the jump is found and not what follows. */
export function checkIndexes(items: readonly Item[]): readonly Found[] {
  const found: Found[] = [];
  let ahead = 0;
  for (const { at, object } of items) {
    const index = numberOf(object?.['index']);
    if (!Number.isSafeInteger(index)) continue;
    if (index - at !== ahead)
      found.push({ code: index - at > ahead ? 'index-gap' : 'index-repeat', index: at });
    ahead = index - at;
  }
  return found;
}

/** `prev` is the leaf hash of the entry before; of the first, the hash of the origin. */
export function checkPrevs(items: readonly Item[]): readonly Found[] {
  return items.flatMap(({ at, object, entry }) => {
    const prev = object?.['prev'];
    const before = items[at - 1];
    if (typeof prev !== 'string') return [];
    const wanted = before === undefined ? originHash(textOf(object?.['origin'])) : b64(before.leaf);
    const applies = before !== undefined || entry?.['kind'] === 'genesis';
    return applies && prev !== wanted ? [{ code: 'prev-broken', index: at }] : [];
  });
}

export function originHash(origin: string): string {
  return b64(sha256(utf8(`zegel/v1\n${origin}\n`)));
}

/** `recorded` never goes back, but for a `clock` entry whose false range reaches the time before it. */
export function checkTimes(items: readonly Item[]): readonly Found[] {
  const found: Found[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    const { at, entry } = item;
    const recorded = recordedOf(item);
    if (recorded === undefined) continue;
    const falseUntil = entry?.['kind'] === 'clock' ? (msOf(textOf(entry['to'])) ?? 0) : undefined;
    if (falseUntil !== undefined) found.push({ code: 'clock-corrected', index: at });
    if (recorded < last && !(falseUntil !== undefined && falseUntil >= last))
      found.push({ code: 'recorded-back', index: at });
    last = recorded;
    const occurred = msOf(textOf(entry?.['occurred']));
    if (occurred !== undefined && occurred > recorded + BOUND)
      found.push({ code: 'occurred-after', index: at });
  }
  return found;
}

/** An id stands once, or once per part. */
export function checkIds(items: readonly Item[]): readonly Found[] {
  const found: Found[] = [];
  const seen = new Map<string, Set<number>>();
  for (const { at, entry } of items) {
    if (entry === undefined) continue;
    const part = memberOf(entry, 'part')?.['number'] ?? 0;
    const parts = seen.get(textOf(entry['id'])) ?? new Set();
    seen.set(textOf(entry['id']), parts);
    if (parts.size > 0 && (part === 0 || parts.has(0) || parts.has(Number(part))))
      found.push({ code: 'id-repeat', index: at });
    parts.add(Number(part));
  }
  return found;
}

/** Every entry that is not an access names the one before it that is not. */
export function checkControls(
  items: readonly Item[],
  isCovered: (at: number, by: number) => boolean,
): readonly Found[] {
  const found: Found[] = [];
  let last: Item | undefined;
  for (const item of items) {
    const { at, entry } = item;
    if (entry === undefined || entry['kind'] === 'access') continue;
    if (entry['kind'] === 'genesis' && at > 0) continue;
    const link = memberOf(entry, 'control');
    const index = numberOf(link?.['index']);
    const fits =
      last === undefined ? link === undefined : index === last.at && link?.['leaf'] === b64(last.leaf);
    const named = link === undefined ? undefined : items[index];
    const isSuspect =
      named !== undefined && index < at && index > (last?.at ?? -1) && named.problem !== undefined;
    if (!fits && !isSuspect) {
      const isGone = named?.isPruned === true && index < at && !isCovered(index, at);
      found.push({ code: 'control-broken', index: isGone ? index : at });
    }
    last = item;
  }
  return found;
}

/** Entry 0 is the genesis, of the origin expected, and there is no other. */
export function checkGenesis(items: readonly Item[], expected: string | undefined): readonly Found[] {
  const found: Found[] = [];
  const [first] = items;
  if (first === undefined || first.isPruned) found.push({ code: 'genesis-missing', index: 0 });
  else if (first.entry !== undefined && first.entry['kind'] !== 'genesis')
    found.push({ code: 'genesis-missing', index: 0 });
  for (const { at, entry } of items) {
    if (entry?.['kind'] !== 'genesis') continue;
    if (at > 0) found.push({ code: 'genesis-repeat', index: at });
    else if (expected !== undefined && entry['origin'] !== expected)
      found.push({ code: 'genesis-origin', index: 0 });
  }
  return found;
}
