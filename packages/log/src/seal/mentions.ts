import { type Mention, mentionOpening, mentionPtr, mentionRef } from '@zegel/core';
import type { Handle } from '../vault/handle.ts';

/** The persons of one event, by position over all its parts (format v1 §3): the actor is 0, onBehalfOf 1, subjects from 2. */
export class Persons {
  readonly #pointer: Uint8Array;
  readonly #id: Uint8Array;
  readonly #handles: (Handle | undefined)[] = [];

  constructor(pointerKey: Uint8Array, entryId: Uint8Array) {
    this.#pointer = pointerKey;
    this.#id = entryId;
  }

  /** Gives a handle its position and returns the mention that stands for it there. */
  mention(position: number, handle: Handle): Mention {
    this.#handles[position] = handle;
    const opening = mentionOpening(handle.salt, this.#id, position);
    return {
      ptr: mentionPtr(handle.number, this.#pointer, this.#id, position),
      ref: mentionRef(opening, handle.type, handle.id),
    };
  }

  has(position: number): boolean {
    return this.#handles[position] !== undefined;
  }

  /** Keys of the handles at these positions, in order (format v1 §4). */
  keys(positions: readonly number[]): Uint8Array[] {
    return positions.flatMap((p) => this.#handles[p]?.key ?? []);
  }

  /** Numbers of all handles, 16 bytes each, each once. */
  numbers(): Uint8Array {
    const handles = new Set(this.#handles.filter((h) => h !== undefined));
    return Buffer.concat([...handles].map((h) => h.number));
  }
}

/** Positions that no event has: `onBehalfOf` and the first subject. */
export const POSITION = { actor: 0, onBehalfOf: 1, firstSubject: 2 } as const;
