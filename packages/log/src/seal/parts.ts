import { type SealedPart, sealPart } from '@zegel/core';
import { entropy } from '../entropy.ts';
import { fastAead } from './fast-aead.ts';
import type { Persons } from './mentions.ts';
import { POSITION } from './mentions.ts';

/** Above this many targets a free text is sealed for the actor alone (format v1 §4). */
const MOST_TARGETS = 16;

/** What of an event is sealed: a value per part, texts only. */
export interface Secrets {
  /** IP address and user agent: about whoever acted. */
  readonly origin?: Readonly<Record<string, string>>;
  /** Free text: about the targets. */
  readonly reason?: Readonly<Record<string, string>>;
  /** W3C trace and span ids. */
  readonly trace?: Readonly<Record<string, string>>;
}

/** Where the parts go: the entry they belong to. */
export interface PartPlace {
  readonly origin: string;
  /** UUID text. */
  readonly entryId: string;
  /** 0 for an entry that is not split. */
  readonly partNumber: number;
}

/**
 * Seals what is about persons beyond field names. `targets` are the positions of the target subjects. `complete` is false
 * when there was something to seal and nobody whose handle could seal it.
 */
export function sealSecrets(
  place: PartPlace,
  persons: Persons,
  targets: readonly number[],
  secrets: Secrets,
): { readonly parts: readonly SealedPart[]; readonly complete: boolean } {
  const actor = persons.has(POSITION.actor) ? [POSITION.actor] : undefined;
  const few = targets.length > 0 && targets.length <= MOST_TARGETS ? targets : undefined;
  const parts: SealedPart[] = [];
  let complete = true;
  for (const [part, value, positions] of [
    ['origin', secrets.origin, actor ?? few],
    ['reason', secrets.reason, few ?? actor],
    ['trace', secrets.trace, actor ?? few],
  ] as const) {
    if (value === undefined) continue;
    if (positions === undefined) {
      complete = false;
      continue;
    }
    parts.push(
      sealPart({
        ...place,
        position: parts.length,
        part,
        persons: positions,
        value,
        salt: entropy(32),
        nonce: entropy(24),
        keys: persons.keys(positions),
        aead: fastAead,
      }),
    );
  }
  return { parts, complete };
}
