import type { Remark } from '@zegel/log/port';
import type { Terms } from '../lock.ts';
import { segmentAt } from '../replica/lookups.ts';
import type { SegmentRow } from '../replica/rows.ts';
import { type Foreign, truthOf } from '../truth.ts';
import { checkpointProblems } from './checkpoint-problems.ts';
import { type Context, trustAt } from './context.ts';
import type { Follower } from './follower.ts';
import { contradiction } from './held-to.ts';
import { inOrder } from './in-order.ts';
import { isSame } from './bodies.ts';
import { numberIn, SEGMENTS, segmentKey } from './keys.ts';
import { allKeys, type KeyVersions } from './listing.ts';
import { segmentLockProblems } from './lock-inspection.ts';
import { hasLost, LostRaces } from './lost-races.ts';

const AHEAD = 16;

/**
 * Looks at the container: the bucket's settings, and for the whole also every object of the log and its lock, which may be as
 * short as one of `terms`.
 */
export async function inspectLog(
  context: Context,
  follower: Follower,
  extent: 'whole' | 'outline',
  terms: Terms,
): Promise<readonly (string | Remark)[]> {
  await follower.refresh();
  const held = await contradiction(context, follower);
  const outline = [
    ...(await settingProblems(context)),
    ...(held === undefined ? [] : [held.reason]),
    ...holesIn(context, follower),
  ];
  if (extent === 'outline') return outline;
  const lost = new LostRaces(context);
  const segments = await segmentProblems({ context, terms, lost });
  return [...outline, ...segments, ...(await checkpointProblems(context)), ...lost.remark()];
}

/** Settings without which what is in the bucket can be destroyed unseen (format v1 §6). */
async function settingProblems({ bucket, place }: Context): Promise<string[]> {
  const { versioning, objectLock } = await bucket.settings();
  const messages: string[] = [];
  if (versioning !== 'enabled') {
    const state = versioning === 'never' ? 'has no versioning' : 'has its versioning suspended';
    messages.push(`the bucket ${place.bucket} ${state}`);
  }
  if (!objectLock && place.lock.mode !== 'none')
    messages.push(`the bucket ${place.bucket} has no Object Lock`);
  return messages;
}

/** Keys beyond what could be taken in: a hole before them, or what someone put where the log is to go on. */
function holesIn({ replica }: Context, { beyond }: Follower): string[] {
  const { next } = replica.state();
  const keys = beyond.filter((first) => first >= next).map(segmentKey);
  const [first] = keys;
  if (first === undefined) return [];
  const more = keys.length === 1 ? '' : ` and ${keys.length - 1} more`;
  return [`the log ends before ${segmentKey(next)}, and there are objects from there on: ${first}${more}`];
}

interface Inspection {
  readonly context: Context;
  readonly terms: Terms;
  readonly lost: LostRaces;
}

async function segmentProblems(inspection: Inspection): Promise<string[]> {
  const { context } = inspection;
  const messages: string[] = [];
  // What this machine's writers append from here on may not be in the listing.
  const { next } = context.replica.state();
  let expected = 0;
  for await (const keys of allKeys(context.bucket, SEGMENTS)) {
    for await (const found of inOrder(keys, AHEAD, (each) => keyProblems(inspection, each))) {
      if (found.row !== undefined) {
        if (found.row.first !== expected) messages.push(...missing(context, expected, found.row.first));
        expected = found.row.first + found.row.count;
      }
      messages.push(...found.messages);
    }
  }
  return [...messages, ...missing(context, expected, next)];
}

/** Segments that were taken in once and of whose keys nothing is left. */
function missing({ replica }: Context, from: number, to: number): string[] {
  const messages: string[] = [];
  for (let at = from; at < to; ) {
    const index = at;
    const row = replica.read((rows) => segmentAt(rows, index));
    // A row that does not reach so far was edited on this machine.
    if (row === undefined || row.first + row.count <= at) break;
    messages.push(`${segmentKey(row.first)} is gone`);
    at = row.first + row.count;
  }
  return messages;
}

interface Looked {
  readonly row: SegmentRow | undefined;
  readonly messages: readonly string[];
}

async function keyProblems(inspection: Inspection, { key, versions }: KeyVersions): Promise<Looked> {
  const { context, terms } = inspection;
  const first = numberIn(SEGMENTS, key);
  if (first === undefined) return { row: undefined, messages: [`${key} is no key of a segment`] };
  const row = context.replica.read((rows) => segmentAt(rows, first));
  if (first >= context.replica.state().next) return { row: undefined, messages: [] };
  if (row?.first !== first)
    return { row: undefined, messages: [`${key} stands amid the entries of another segment`] };
  const isPlain = versions.length === 1 && versions[0]?.versionId === row.version;
  if (isPlain) return { row, messages: await segmentLockProblems(context, row, terms) };
  const trust = trustAt(context, context.replica.state());
  const truth = await truthOf(context.bucket, key, (found) => isSame(row, found), trust, { whole: true });
  const messages = truth.foreign.flatMap((foreign) => foreignProblem(inspection, row, foreign));
  if (truth.version === undefined)
    return { row, messages: [...messages, `${key} has no version that is its segment`] };
  const standing = { ...row, version: truth.version.versionId };
  return { row, messages: [...messages, ...(await segmentLockProblems(context, standing, terms))] };
}

/** Where creates are not atomic, segments that lost a race stay beside the one that is older: nothing is wrong with that. */
function foreignProblem(
  { lost }: Inspection,
  row: SegmentRow,
  { kind, version, reason, segment }: Foreign,
): readonly string[] {
  if (kind === 'late' && segment !== undefined && hasLost(segment, row)) {
    lost.add(segment);
    return [];
  }
  return [`${version.key} has a foreign version ${version.versionId}: ${reason}`];
}
