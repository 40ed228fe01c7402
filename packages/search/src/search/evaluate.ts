import { SINGLE_ATTRIBUTES } from '../segment/attributes.ts';
import { type Bits, intersect, listBits, newBits, setBit, subtract } from '../segment/bits.ts';
import type { Terms } from '../segment/terms.ts';
import type { Sought } from './resolve.ts';
import type { SegmentView } from './segment-view.ts';

// Above this many alternatives, one pass over a column is cheaper than as many sets.
const MANY_TERMS = 24;

const scratch = newBits();
const positions = new Uint16Array(65_536);

/** Positions of a segment's entries that meet every condition; undefined when none does. */
export function evaluate(view: SegmentView, sought: readonly Sought[], terms: Terms): Bits | undefined {
  const { first, count } = view.row;
  if (!sought.every((one) => canMeet(one, first, first + count - 1))) return undefined;
  const found = view.present();
  for (const one of sought) {
    if (isAllTime(one, view)) {
      if (one.negated) return undefined;
      continue;
    }
    scratch.fill(0);
    collect(view, one, terms, found, scratch);
    if (!(one.negated ? subtract(found, scratch) : intersect(found, scratch))) return undefined;
  }
  return found;
}

/** Whether entries `first` to `last` can meet a condition at all. */
function canMeet(one: Sought, first: number, last: number): boolean {
  if (one.negated || one.terms.length + one.persons.length + one.times.length > 0) return true;
  return one.indexes.some(([from, to]) => from <= last && to >= first);
}

function isAllTime(one: Sought, { row }: SegmentView): boolean {
  return one.times.some(({ from, to }) => from <= row.low && to > row.high);
}

function collect(view: SegmentView, one: Sought, terms: Terms, within: Bits, into: Bits): void {
  const { first, count } = view.row;
  for (const { person, roles } of one.persons) view.addPerson(into, person, roles);
  for (const [from, to] of one.indexes) {
    const end = Math.min(to - first, count - 1);
    for (let i = Math.max(0, from - first); i <= end; i++) setBit(into, i);
  }
  collectTerms(view, one.terms, terms, into);
  if (one.times.some(({ from, to }) => from <= view.row.high && to > view.row.low))
    collectTimes(view, one, within, into);
}

function collectTerms(view: SegmentView, ids: readonly number[], terms: Terms, into: Bits): void {
  if (ids.length <= MANY_TERMS) {
    for (const id of ids) view.addTerm(into, id);
    return;
  }
  const byColumn = new Map<number, Set<number>>();
  for (const id of ids) {
    const attribute = terms.get(id)?.attribute ?? SINGLE_ATTRIBUTES.length;
    if (attribute >= SINGLE_ATTRIBUTES.length) view.addTerm(into, id);
    else byColumn.set(attribute, (byColumn.get(attribute) ?? new Set()).add(id));
  }
  for (const [attribute, wanted] of byColumn) collectColumn(view, attribute, wanted, into);
}

function collectColumn(view: SegmentView, attribute: number, wanted: ReadonlySet<number>, into: Bits): void {
  const { values, local } = view.column(attribute);
  const table = Uint8Array.from(values, (value) => (wanted.has(value) ? 1 : 0));
  for (let i = 0; i < view.row.count; i++)
    if (table[local === undefined ? 0 : (local[i] as number)] === 1) setBit(into, i);
}

function collectTimes(view: SegmentView, one: Sought, within: Bits, into: Bits): void {
  const { base, offsets } = view.times();
  const count = listBits(within, positions);
  for (const range of one.times) {
    const from = range.from - base;
    const to = range.to - base;
    for (let i = 0; i < count; i++) {
      const position = positions[i] as number;
      const offset = offsets[position] as number;
      if (offset >= from && offset < to) setBit(into, position);
    }
  }
}
