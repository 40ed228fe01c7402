import { sound } from './damaged.ts';
import { wordsAt } from './words.ts';
import { KEY_BYTES } from './draft.ts';

/** Who acted, per position: a place counted from 1, 0 for nobody or somebody forgotten. */
export interface ActorColumn {
  /** Number of persons. */
  readonly size: number;
  /** Person key of a place, 8 Latin-1 characters. */
  readonly key: (place: number) => string;
  readonly local: Uint8Array | Uint16Array | Uint32Array;
}

/** Encodes actors, given per person key (sorted): u32 LE width, u32 LE count of keys, the keys, a place per position. */
export function encodeActors(
  actors: ReadonlyMap<string, readonly number[]>,
  count: number,
): Uint8Array | undefined {
  if (actors.size === 0) return undefined;
  const width = actors.size < 256 ? 1 : actors.size < 65_536 ? 2 : 4;
  const head = 8 + KEY_BYTES * actors.size;
  const out = Buffer.from(new ArrayBuffer(head + width * count)); // by itself, and so aligned
  out.writeUInt32LE(width, 0);
  out.writeUInt32LE(actors.size, 4);
  const column = wordsAt(out, head, width, count);
  let place = 0;
  for (const [key, positions] of actors) {
    out.write(key, 8 + KEY_BYTES * place, KEY_BYTES, 'latin1');
    place++;
    for (const position of positions) column[position] = place;
  }
  return out;
}

/** Reads what {@link encodeActors} wrote. @throws DamagedChunk */
export function decodeActors(bytes: Uint8Array, count: number): ActorColumn {
  sound(bytes.length >= 8, 'actors');
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const width = buffer.readUInt32LE(0);
  const size = buffer.readUInt32LE(4);
  const head = 8 + KEY_BYTES * size;
  sound((width === 1 || width === 2 || width === 4) && bytes.length === head + width * count, 'actors');
  const key = (place: number): string =>
    buffer.toString('latin1', KEY_BYTES * place, KEY_BYTES * (place + 1));
  return { size, key, local: wordsAt(bytes, head, width, count) };
}
