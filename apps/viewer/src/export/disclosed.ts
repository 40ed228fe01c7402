import type { StoredEntry } from '@zegel/log';
import { parseBody } from '@zegel/reading';
import { entriesOfKind, type ReviewSource } from '../reviews/review-source.ts';

/** Entries whose confidentiality was lifted (product rule 7), as a test by index. */
export async function disclosedEntries(source: ReviewSource): Promise<(index: number) => boolean> {
  const lifted = new Set<number>();
  for await (const { entries } of entriesOfKind(source, 'confidentiality', 0))
    for (const entry of entries) for (const index of liftedBy(entry)) lifted.add(index);
  return (index) => lifted.has(index);
}

function liftedBy(entry: StoredEntry): readonly number[] {
  const body = parseBody(entry);
  const of = body?.['kind'] === 'confidentiality' ? body['of'] : undefined;
  return Array.isArray(of) ? of.filter((one): one is number => Number.isSafeInteger(one)) : [];
}
