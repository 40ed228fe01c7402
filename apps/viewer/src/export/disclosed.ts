import { parseBody } from '@zegel/reading';
import { entriesOfKind, type ReviewSource } from '../reviews/review-source.ts';

/** Entries whose confidentiality was lifted (product rule 7), as a test by index. */
export async function disclosedEntries(source: ReviewSource): Promise<(index: number) => boolean> {
  const lifted = new Set<number>();
  for await (const { entries } of entriesOfKind(source, 'confidentiality', 0))
    for (const entry of entries) {
      const body = parseBody(entry);
      if (body?.['kind'] !== 'confidentiality') continue;
      const { of } = body;
      if (Array.isArray(of))
        for (const index of of) if (Number.isSafeInteger(index)) lifted.add(Number(index));
    }
  return (index) => lifted.has(index);
}
