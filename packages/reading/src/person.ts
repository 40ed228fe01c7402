import { FormatError, type Mention } from '@zegel/core';
import type { VaultReader } from '@zegel/log';

/** A person as the vault knows them. */
export interface Person {
  readonly type: string;
  readonly id: string;
}

/** What the log alone tells of a person. */
export interface Unknown {
  readonly ref: string;
}

/** Whom a mention stands for where the vault can tell, else its `ref`. Whether it should be tellable is for `verify`. */
export function personOf(
  vault: VaultReader,
  entryId: Uint8Array,
  position: number,
  { ref, ptr }: Mention,
): Person | Unknown {
  try {
    return vault.open(entryId, position, { ref, ptr }) ?? { ref };
  } catch (error) {
    if (error instanceof FormatError) return { ref };
    throw error;
  }
}

/** Whether the vault could tell. */
export function isKnown(person: Person | Unknown): person is Person {
  return 'id' in person;
}
