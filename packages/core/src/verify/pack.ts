import type { AccessInspection, Inspection, PrunedLeaf } from './inspection.ts';

/** Inspections in a form that is cheap to post to another thread: one string, one array of numbers, few objects. */
export interface PackedInspections {
  readonly count: number;
  /** Per flat access: leaf (43), prev (43), id (36 characters). */
  readonly text: string;
  /** Per flat access: index, occurred, recorded, place of its scope, place of its source or -1, seq. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** Scopes and source ids, each once. */
  readonly strings: readonly string[];
  /** Everything that is not a flat access, with its place. */
  readonly others: readonly (readonly [at: number, item: Inspection | PrunedLeaf])[];
}

const TEXT = 43 + 43 + 36;
const NUMBERS = 6;
const NO_PROBLEMS = Object.freeze([]);

/** Packs inspections in their order; `numbers.buffer` may be transferred. */
export function packInspections(items: readonly (Inspection | PrunedLeaf)[]): PackedInspections {
  const places = new Map<string, number>();
  const numbers = new Float64Array(items.length * NUMBERS);
  const others: [number, Inspection | PrunedLeaf][] = [];
  let text = '';
  let at = 0;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (item === undefined) continue;
    if (!isFlat(item)) {
      others.push([i, item]);
      continue;
    }
    text += item.leaf + item.prev + item.id;
    numbers[at++] = item.index;
    numbers[at++] = item.occurred;
    numbers[at++] = item.recorded;
    numbers[at++] = placeOf(places, item.scope);
    numbers[at++] = item.source === undefined ? -1 : placeOf(places, item.source.id);
    numbers[at++] = item.source === undefined ? 0 : item.source.seq;
  }
  return { count: items.length, text, numbers, strings: [...places.keys()], others };
}

/** The inspections again, in their order. */
export function unpackInspections(packed: PackedInspections): readonly (Inspection | PrunedLeaf)[] {
  const items: (Inspection | PrunedLeaf)[] = [];
  let flat = 0;
  let next = 0;
  while (items.length < packed.count) {
    const other = packed.others[next];
    if (other?.[0] !== items.length) {
      items.push(unpackAccess(packed, flat++));
      continue;
    }
    items.push(other[1]);
    next++;
  }
  return items;
}

function unpackAccess({ text, numbers, strings }: PackedInspections, flat: number): AccessInspection {
  const from = flat * TEXT;
  const at = flat * NUMBERS;
  const source = numbers[at + 4] ?? -1;
  const access: AccessInspection = {
    kind: 'access',
    scope: strings[numbers[at + 3] ?? 0] ?? '',
    leaf: text.slice(from, from + 43),
    problems: NO_PROBLEMS,
    index: numbers[at] ?? 0,
    prev: text.slice(from + 43, from + 86),
    id: text.slice(from + 86, from + TEXT),
    occurred: numbers[at + 1] ?? 0,
    recorded: numbers[at + 2] ?? 0,
  };
  return source < 0
    ? access
    : { ...access, source: { id: strings[source] ?? '', seq: numbers[at + 5] ?? 0 } };
}

function isFlat(item: Inspection | PrunedLeaf): item is AccessInspection {
  return item.kind === 'access' && item.part === undefined && item.problems.length === 0;
}

function placeOf(places: Map<string, number>, text: string): number {
  const known = places.get(text);
  if (known !== undefined) return known;
  places.set(text, places.size);
  return places.size - 1;
}
