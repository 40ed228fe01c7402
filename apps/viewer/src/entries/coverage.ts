import type { SearchIndex } from '@zegel/search';
import { entriesOf, from, kinds, type ReadEntry } from './control-entries.ts';
import type { RotationEvidence } from './evidence.ts';

const MOST = 10_000;

/** The `retention` entry that names a body among those pruned: the first one after it. */
export async function findCover(index: SearchIndex, gone: number): Promise<ReadEntry | undefined> {
  let cover: ReadEntry | undefined;
  const plan = { conditions: [kinds('retention'), from(gone + 1)] };
  for await (const entry of entriesOf(index, plan, MOST)) if (names(entry, gone)) cover = entry;
  return cover;
}

function names({ body }: ReadEntry, index: number): boolean {
  const { ranges } = body;
  if (!Array.isArray(ranges)) return false;
  return ranges.some((range: unknown) => {
    const [first, last] = Array.isArray(range) ? (range as readonly unknown[]) : [];
    return typeof first === 'number' && typeof last === 'number' && first <= index && index <= last;
  });
}

/** Keys that followed the first, oldest first; whether each was signed is for whoever checks. */
export async function findRotations(index: SearchIndex): Promise<readonly RotationEvidence[]> {
  const rotations: RotationEvidence[] = [];
  for await (const entry of entriesOf(index, { conditions: [kinds('key')] }, MOST)) {
    const { vkey, signature } = entry.body;
    if (typeof vkey === 'string' && typeof signature === 'string')
      rotations.unshift({ index: entry.index, vkey, signature });
  }
  return rotations;
}
