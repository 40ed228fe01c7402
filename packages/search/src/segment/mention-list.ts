import type { Group } from './draft.ts';
import type { Resolved } from './person-resolver.ts';

const ROLES = 8;
let serials = 0;

/** Who is mentioned where in the entries of one draft; gathered flat, since a list for each person costs most of what building does. */
export class MentionList {
  /** Remembered handles hold their place in the list that uses them; the number says which. */
  readonly #serial = ++serials;
  readonly #handles: Resolved[] = [];
  /** Place of the handle and role, and the position. */
  #who = new Int32Array(1024);
  #where = new Uint16Array(1024);
  #count = 0;

  /** Positions are to be added in ascending order; one that is there already is left. */
  add(found: Resolved, role: number, position: number): void {
    if (found.serial !== this.#serial) {
      found.serial = this.#serial;
      found.place = this.#handles.push(found) - 1;
    }
    if (this.#count === this.#who.length) this.#grow();
    this.#who[this.#count] = found.place * ROLES + role;
    this.#where[this.#count++] = position;
  }

  #grow(): void {
    const [who, where] = [new Int32Array(2 * this.#count), new Uint16Array(2 * this.#count)];
    who.set(this.#who);
    where.set(this.#where);
    this.#who = who;
    this.#where = where;
  }

  /** A group for every handle in every role. */
  groups(): Group[] {
    const ends = new Uint32Array(this.#handles.length * ROLES);
    for (let i = 0; i < this.#count; i++) bump(ends, this.#who[i] as number, 1);
    for (let key = 1; key < ends.length; key++) bump(ends, key, ends[key - 1] as number);
    const sorted = new Uint16Array(this.#count);
    for (let i = this.#count - 1; i >= 0; i--) {
      const key = this.#who[i] as number;
      bump(ends, key, -1);
      sorted[ends[key] as number] = this.#where[i] as number;
    }
    return this.#collect(ends, sorted);
  }

  #collect(starts: Uint32Array, sorted: Uint16Array): Group[] {
    const groups: Group[] = [];
    for (let key = 0; key < starts.length; key++) {
      const start = starts[key] as number;
      const end = starts[key + 1] ?? this.#count;
      if (start === end) continue;
      const { person, handle } = this.#handles[Math.floor(key / ROLES)] as Resolved;
      groups.push({ person, role: key % ROLES, handles: handle, positions: distinct(sorted, start, end) });
    }
    return groups;
  }
}

function bump(counts: Uint32Array, key: number, by: number): void {
  counts[key] = (counts[key] as number) + by;
}

function distinct(sorted: Uint16Array, start: number, end: number): number[] {
  const positions = [sorted[start] as number];
  for (let i = start + 1; i < end; i++) if (sorted[i] !== sorted[i - 1]) positions.push(sorted[i] as number);
  return positions;
}
