/** A column of numbers as places in the list of its distinct values. */
export interface ColumnPlaces {
  /** Ascending. */
  readonly values: readonly number[];
  /** Per position the place of its value. */
  readonly places: Uint16Array;
  /** Per value at how many positions it stands. */
  readonly sizes: readonly number[];
}

// Terms are numbered from 1 as they come, so that most have small numbers; a table of these is several times faster than a Map.
const SMALL = 65_536;
const small = new Int32Array(SMALL);

/** Ranks the first `count` (at most 65,536) numbers of a column. */
export function rankColumn(column: Int32Array, count: number): ColumnPlaces {
  const seen: number[] = [];
  const large = new Map<number, number>();
  const places = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    const value = (column[i] as number) >>> 0;
    let known = (value < SMALL ? small[value] : large.get(value)) ?? 0;
    if (known === 0) {
      known = seen.push(value);
      if (value < SMALL) small[value] = known;
      else large.set(value, known);
    }
    places[i] = known - 1;
  }
  for (const value of seen) if (value < SMALL) small[value] = 0;
  return ranked(seen, places);
}

function ranked(seen: readonly number[], places: Uint16Array): ColumnPlaces {
  const order = seen.map((_, i) => i).sort((a, b) => (seen[a] as number) - (seen[b] as number));
  const rank = new Uint16Array(seen.length);
  order.forEach((before, now) => {
    rank[before] = now;
  });
  const sizes = seen.map(() => 0);
  for (let i = 0; i < places.length; i++) {
    const place = rank[places[i] as number] as number;
    places[i] = place;
    sizes[place] = (sizes[place] as number) + 1;
  }
  return { values: order.map((before) => seen[before] as number), places, sizes };
}

/** The positions of each value, ascending, in the order of the values. */
export function positionsByPlace({ places, sizes }: ColumnPlaces): readonly Uint16Array[] {
  const sets = sizes.map((size) => new Uint16Array(size));
  const filled = new Uint32Array(sets.length);
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number;
    const at = filled[place] as number;
    (sets[place] as Uint16Array)[at] = i;
    filled[place] = at + 1;
  }
  return sets;
}
