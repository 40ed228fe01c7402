import { type ActorColumn, decodeActors } from '../segment/actor-codec.ts';
import type { Bits } from '../segment/bits.ts';
import { CHUNK } from '../segment/chunk-keys.ts';
import { type Column, decodeColumn } from '../segment/column-codec.ts';
import { sound } from '../segment/damaged.ts';
import { presentOf } from '../segment/decode.ts';
import { addPerson, bucketOf } from '../segment/person-codec.ts';
import { addSet } from '../segment/set-codec.ts';
import { decodeTimes, type Times } from '../segment/time-codec.ts';
import { type SegmentRow, type SegmentTable, soundRow } from '../store/segments.ts';

/** Reads of one segment what a search asks for. Every method throws DamagedChunk on bytes that nobody wrote. */
export class SegmentView {
  readonly row: SegmentRow;
  readonly #table: SegmentTable;

  constructor(row: SegmentRow, table: SegmentTable) {
    this.row = soundRow(row);
    this.#table = table;
  }

  present(): Bits {
    return presentOf(this.#chunk(CHUNK.present), this.row.count);
  }

  addTerm(into: Bits, term: number): void {
    const bytes = this.#chunk(CHUNK.term + term);
    if (bytes !== undefined) addSet(into, bytes);
  }

  addPerson(into: Bits, person: string, roles: number): void {
    const bytes = this.#chunk(CHUNK.bucket + bucketOf(person, this.row.bits));
    if (bytes !== undefined) addPerson(into, bytes, person, roles);
  }

  column(place: number): Column {
    const bytes = this.#chunk(CHUNK.column + place);
    sound(bytes !== undefined, 'column missing');
    return decodeColumn(bytes, this.row.count);
  }

  times(): Times {
    const bytes = this.#chunk(CHUNK.times);
    sound(bytes !== undefined, 'times missing');
    return decodeTimes(bytes, this.row.count);
  }

  actors(): ActorColumn | undefined {
    const bytes = this.#chunk(CHUNK.actors);
    return bytes && decodeActors(bytes, this.row.count);
  }

  #chunk(key: number): Uint8Array | undefined {
    return this.#table.chunk(this.row.slot, key);
  }
}
