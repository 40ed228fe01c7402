import { malformed, type Problem } from './problem.ts';
import { parseTime } from './time.ts';
import type { ActorMention, Entry, PartOf, SealedPart, SubjectMention } from './types.ts';

/**
 * What must hold between the keys of one entry, once each key for itself is right. Choices where
 * format v1 is silent are said at each rule.
 */
export function crossCheck(entry: Entry): Problem | undefined {
  return checkPart(entry.part) ?? checkReferences(entry) ?? checkKind(entry);
}

// §1 `part`: an event of one part carries no `part` at all, so that there is one way to say it.
function checkPart(part: PartOf | undefined): Problem | undefined {
  return part !== undefined && part.number > part.of
    ? malformed('must not exceed `of`', 'part.number')
    : undefined;
}

// An entry can only speak of entries that stand before it.
function checkReferences(entry: Entry): Problem | undefined {
  if (!('of' in entry) || entry.of === undefined) return undefined;
  const last = typeof entry.of === 'number' ? entry.of : (entry.of.at(-1) ?? 0);
  return last < entry.index ? undefined : malformed('must name entries before this one', 'of');
}

function checkKind(entry: Entry): Problem | undefined {
  switch (entry.kind) {
    case 'access':
      return checkActor(entry.actor) ?? checkPersons(entry, entry.onBehalfOf !== undefined);
    case 'lifecycle':
    case 'erasure':
      return checkActor(entry.actor) ?? checkPersons(entry, false);
    case 'hold':
      if ((entry.state === 'lifted') !== (entry.of !== undefined)) {
        return malformed('names the placing entry when lifted, and only then', 'of');
      }
      return checkActor(entry.actor) ?? checkPersons(entry, false);
    case 'correction':
    case 'confidentiality':
    case 'review':
      return (
        checkActor(entry.actor) ?? checkPositions(entry.sealed, entry.actor?.person !== undefined, false, 0)
      );
    case 'retention':
      return checkRetention(entry.ranges, entry.index, entry.cutoff);
    case 'gap':
    case 'clock':
      return checkOrder(entry.from, entry.to);
    // A genesis elsewhere than at 0 is a finding of its own, not a malformed entry.
    case 'genesis':
    case 'register':
    case 'heartbeat':
    case 'key':
      return undefined;
    default:
      return entry satisfies never;
  }
}

// §1: `anonymous` means that nobody is known.
function checkActor(actor: ActorMention | undefined): Problem | undefined {
  if (actor?.kind !== 'anonymous' || actor.person === undefined) return undefined;
  return malformed('must not be there when the actor is anonymous', 'actor.person');
}

interface Persons {
  readonly actor?: ActorMention;
  readonly subjects: readonly SubjectMention[];
  readonly subjectCount: number;
  readonly sealed?: readonly SealedPart[];
  readonly part?: PartOf;
}

function checkPersons(entry: Persons, onBehalf: boolean): Problem | undefined {
  const given = entry.subjects.length;
  const fits = entry.part === undefined ? entry.subjectCount === given : entry.subjectCount >= given;
  if (!fits) return malformed('must count the subjects of all parts', 'subjectCount');
  return checkPositions(entry.sealed, entry.actor?.person !== undefined, onBehalf, entry.subjectCount);
}

// §3: the actor is 0, onBehalfOf 1, subjects from 2 over all parts. A part can only be about persons who are there.
function checkPositions(
  sealed: readonly SealedPart[] | undefined,
  actor: boolean,
  onBehalf: boolean,
  subjects: number,
): Problem | undefined {
  if (sealed === undefined) return undefined;
  const absent = (position: number): boolean =>
    position === 0 ? !actor : position === 1 ? !onBehalf : position >= 2 + subjects;
  for (const { persons } of sealed) {
    if (persons.some(absent)) return malformed('name a position at which the event has nobody', 'sealed');
  }
  return undefined;
}

// §5 Pruning: the cover names ranges, activity, cutoff and rule; ranges are ascending and apart, and lie below it.
function checkRetention(
  ranges: readonly (readonly [number, number])[],
  index: number,
  cutoff: string | undefined,
): Problem | undefined {
  let next = 0;
  for (const [first, last] of ranges) {
    if (first < next || last < first) return malformed('must be ascending and apart', 'ranges');
    next = last + 1;
  }
  if (ranges.length === 0) return undefined;
  if (next > index) return malformed('must name entries before this one', 'ranges');
  return cutoff === undefined ? malformed('must be there with ranges', 'cutoff') : undefined;
}

function checkOrder(from: string, to: string): Problem | undefined {
  return (parseTime(from) ?? 0) <= (parseTime(to) ?? 0)
    ? undefined
    : malformed('must not be before `from`', 'to');
}
