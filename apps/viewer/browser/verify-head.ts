import { encodeBase64 } from './verify-bytes.ts';
import { openCheckpoint } from './verify-checkpoint.ts';
import type { Evidence, Step, StepReason } from './verify-evidence.ts';
import { followKeys, neededKey } from './verify-keys.ts';
import { type Checkpoint, parseCheckpoint, parseNote } from './verify-note.ts';
import type { Subtle } from './verify-subtle.ts';

/** The checkpoint that everything else is checked against, and the step that it is signed. */
export interface Head {
  readonly step: Step;
  /** Absent where the note can't be read; then nothing can be checked against it. */
  readonly checkpoint: Checkpoint | undefined;
}

/** Checks who signed the checkpoint of some evidence, and that it is the log's. */
export async function checkHead(evidence: Evidence, subtle: Subtle): Promise<Head> {
  const note = parseNote(evidence.checkpoint);
  const checkpoint = note && parseCheckpoint(note.text);
  const told = (result: Step['result'], reason?: StepReason): Head => ({
    step: {
      name: 'signature',
      result,
      ...(reason !== undefined && { reason }),
      compared: checkpoint === undefined ? [] : [describe(checkpoint), evidence.vkey],
    },
    checkpoint,
  });
  const followed = await followKeys(evidence.origin, evidence.vkey, evidence.rotations, subtle);
  if (followed.kind === 'failed') return told('failed', followed.reason);
  const keys = followed.keys.map(({ key }) => key);
  const opened = await openCheckpoint(evidence.checkpoint, keys, subtle);
  if (opened.kind === 'failed') return told('failed', opened.reason);
  if (opened.checkpoint.origin !== evidence.origin) return told('failed', 'other-origin');
  const needed = neededKey(followed.keys, opened.checkpoint.size);
  if (needed === undefined || !opened.by.includes(needed)) return told('failed', 'key-retired');
  return opened.kind === 'unsupported' || followed.unsupported
    ? told('unsupported', 'unsupported')
    : told('good');
}

function describe({ origin, size, root }: Checkpoint): string {
  return `${origin} ${size} ${encodeBase64(root)}`;
}
