import type { SealedPart } from '@zegel/core';
import type { Log } from '@zegel/log';
import { mentionsOf, openSealed, parseBody, type Person, showEntry } from '@zegel/reading';
import { isRecord } from '../export/entry-parts.ts';
import { readReview, type Review } from './review.ts';

/** A review with who did it and what they noted. */
export interface ToldReview extends Review {
  /** `recorded` as the log has it. */
  readonly recorded: string;
  /** Undefined where the vault can't tell any more. */
  readonly by: Person | undefined;
  readonly note: string;
}

type Source = Pick<Log, 'vault' | 'origin' | 'entry' | 'read'> & Parameters<typeof showEntry>[0];

/** Reads the entry of a review, or of a part of one. Undefined for any other entry. */
export async function tellReview(log: Source, index: number): Promise<ToldReview | undefined> {
  const stored = await log.entry(index);
  const [review, body] = [readReview(stored), parseBody(stored)];
  const shown = await showEntry(log, log.vault, stored);
  if (review === undefined || body === undefined || shown === undefined) return undefined;
  const note = await noteOf(log, index - (body.part?.number ?? 1) + 1);
  return { ...review, recorded: String(body['recorded']), by: shown.persons[0], note };
}

/** The note is sealed in the first part alone. */
async function noteOf(log: Source, first: number): Promise<string> {
  const body = parseBody(await log.entry(first));
  if (body === undefined) return '';
  const sealed = Array.isArray(body['sealed']) ? (body['sealed'] as readonly SealedPart[]) : [];
  const at = sealed.findIndex(({ part }) => part === 'reason');
  const part = sealed[at];
  if (part === undefined) return '';
  const opened = openSealed(log.vault, log.origin, body, await mentionsOf(log, first, body), part, at);
  return isRecord(opened) && typeof opened['reason'] === 'string' ? opened['reason'] : '';
}
