import { sound } from './damaged.ts';
import { KEY_BYTES } from './draft.ts';

/** Who acted, per position: a place in `keys` counted from 1, 0 for nobody or somebody forgotten. */
export interface ActorColumn {
  /** Person keys, 8 Latin-1 characters each. */
  readonly keys: readonly string[];
  readonly local: Uint8Array | Uint16Array | Uint32Array;
}

/** Encodes actors, given per person key (sorted): u8 width, u32 LE count of keys, the keys, a place per position. */
export function encodeActors(
  actors: ReadonlyMap<string, readonly number[]>,
  count: number,
): Uint8Array | undefined {
  if (actors.size === 0) return undefined;
  const width = actors.size < 256 ? 1 : actors.size < 65_536 ? 2 : 4;
  const head = 5 + KEY_BYTES * actors.size;
  const out = Buffer.alloc(head + width * count);
  out[0] = width;
  out.writeUInt32LE(actors.size, 1);
  let place = 0;
  for (const [key, positions] of actors) {
    out.write(key, 5 + KEY_BYTES * place, KEY_BYTES, 'latin1');
    place++;
    for (const position of positions) out.writeUIntLE(place, head + width * position, width);
  }
  return out;
}

/** Reads what {@link encodeActors} wrote. @throws DamagedChunk */
export function decodeActors(bytes: Uint8Array, count: number): ActorColumn {
  sound(bytes.length >= 5, 'actors');
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const width = bytes[0] as number;
  const size = buffer.readUInt32LE(1);
  const head = 5 + KEY_BYTES * size;
  sound((width === 1 || width === 2 || width === 4) && bytes.length === head + width * count, 'actors');
  const keys = Array.from({ length: size }, (_, i) =>
    buffer.toString('latin1', 5 + KEY_BYTES * i, 5 + KEY_BYTES * (i + 1)),
  );
  const data = new Uint8Array(bytes.subarray(head)); // a copy, so that words are aligned
  if (width === 1) return { keys, local: data };
  const words = width === 2 ? Uint16Array : Uint32Array;
  return { keys, local: new words(data.buffer, data.byteOffset, count) };
}
