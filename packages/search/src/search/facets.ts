import { type EntryIndex, entryIndex } from '@zegel/core';
import { ATTRIBUTES, type Attribute, SINGLE_ATTRIBUTES } from '../segment/attributes.ts';
import { countCommon, listBits, newBits } from '../segment/bits.ts';
import type { Terms } from '../segment/terms.ts';
import { type Basis, visitBasis } from './basis.ts';
import type { SegmentHits } from './session.ts';

/** What can be counted: any attribute, or the persons who acted. */
export type FacetName = Attribute | 'actor';

/** One value of a facet. */
export interface FacetValue {
  /** The value; for `actor` the person's key in hexadecimal, of meaning to this index only. */
  readonly value: string;
  readonly count: number;
  /** For `actor`: the newest entry by this person, from which the vault can tell who it is. */
  readonly sample?: EntryIndex;
}

/** Counts of one facet, the most frequent first. */
export interface Facet {
  readonly name: FacetName;
  readonly values: readonly FacetValue[];
  /** Number of values beyond those listed. */
  readonly others: number;
}

export interface Facets {
  readonly basis: Basis;
  readonly facets: readonly Facet[];
}

interface Tally {
  count: number;
  readonly sample: number;
}

const positions = new Uint16Array(65_536);
const scratch = newBits();

/** Counts the values of the named facets over the hits. */
export function countFacets(
  segments: Iterable<SegmentHits>,
  terms: Terms,
  names: readonly FacetName[],
  top: number,
): Facets {
  const counter = new FacetCounter(terms, names);
  return counter.facets(
    visitBasis(segments, (hits) => counter.visit(hits)),
    top,
  );
}

/** Counts the values of facets, a segment at a time. */
export class FacetCounter {
  readonly #terms: Terms;
  readonly #tallies: readonly (readonly [FacetName, Map<string, Tally>])[];

  constructor(terms: Terms, names: readonly FacetName[]) {
    this.#terms = terms;
    this.#tallies = names.map((name) => [name, new Map<string, Tally>()]);
  }

  /** Segments come newest first. */
  visit(hits: SegmentHits): void {
    const count = listBits(hits.bits, positions);
    for (const [name, tallies] of this.#tallies) tally(name, hits, count, this.#terms, tallies);
  }

  /** The `top` most frequent values of each. */
  facets(basis: Basis, top: number): Facets {
    return { basis, facets: this.#tallies.map(([name, tallies]) => rank(name, tallies, top)) };
  }
}

function tally(
  name: FacetName,
  hits: SegmentHits,
  count: number,
  terms: Terms,
  into: Map<string, Tally>,
): void {
  if (name === 'actor') return tallyActors(hits, count, into);
  const place = ATTRIBUTES.indexOf(name);
  if (place < SINGLE_ATTRIBUTES.length) return tallyColumn(hits, place, count, terms, into);
  for (const term of terms.of(name)) {
    scratch.fill(0);
    hits.view.addTerm(scratch, term.id);
    add(into, term.value, countCommon(scratch, hits.bits), 0);
  }
}

function tallyColumn(
  hits: SegmentHits,
  place: number,
  count: number,
  terms: Terms,
  into: Map<string, Tally>,
): void {
  const { values, local } = hits.view.column(place);
  const counts = new Uint32Array(values.length);
  if (local === undefined) counts[0] = count;
  else for (let i = 0; i < count; i++) bump(counts, local[positions[i] as number] as number);
  counts.forEach((found, i) => {
    const term = terms.get(values[i] ?? 0);
    if (term !== undefined) add(into, term.value, found, 0);
  });
}

function tallyActors(hits: SegmentHits, count: number, into: Map<string, Tally>): void {
  const column = hits.view.actors();
  if (column === undefined) return;
  const counts = new Uint32Array(column.size + 1);
  const newest = new Uint16Array(column.size + 1);
  for (let i = 0; i < count; i++) {
    const place = column.local[positions[i] as number] as number;
    bump(counts, place);
    newest[place] = positions[i] as number;
  }
  for (let place = 1; place <= column.size; place++) {
    const found = counts[place] as number;
    if (found > 0) add(into, column.key(place), found, hits.view.row.first + (newest[place] as number));
  }
}

function bump(counts: Uint32Array, place: number): void {
  counts[place] = (counts[place] ?? 0) + 1;
}

// Segments come newest first, so the first sample of a value is the newest.
function add(into: Map<string, Tally>, value: string, count: number, sample: number): void {
  if (count === 0) return;
  const known = into.get(value);
  if (known === undefined) into.set(value, { count, sample });
  else known.count += count;
}

function rank(name: FacetName, tallies: ReadonlyMap<string, Tally>, top: number): Facet {
  const sorted = [...tallies].sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1));
  const values = sorted.slice(0, top).map(([value, { count, sample }]) => ({
    ...(name === 'actor'
      ? { value: Buffer.from(value, 'latin1').toString('hex'), count, sample: entryIndex(sample) }
      : { value, count }),
  }));
  return { name, values, others: sorted.length - values.length };
}
