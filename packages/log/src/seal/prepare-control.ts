import { draftEntry, type EntryFields, formatUuid, timeText, uuidV7 } from '@zegel/core';
import { entropy } from '../entropy.ts';
import type { Problem } from '../event/problem.ts';
import type { ControlRecord } from '../protocol.ts';
import { Persons, POSITION } from './mentions.ts';
import { sealSecrets } from './parts.ts';
import type { SealTools } from './prepare-event.ts';
import type { SealedRow } from './row.ts';
import { splitSubjects } from './split.ts';

/** Kinds that callers record; the others have ways of their own and other shapes. */
const RECORDED: ReadonlySet<string> = new Set([
  'lifecycle',
  'correction',
  'erasure',
  'retention',
  'hold',
  'confidentiality',
  'review',
  'gap',
  'heartbeat',
  'clock',
]);

/** Turns a record of another kind than `access` into drafts. @throws EntryError when its body does not fit its kind */
export function prepareControl(tools: SealTools, record: ControlRecord): SealedRow | readonly Problem[] {
  if (!RECORDED.has(record.kind))
    return [{ path: '/kind', message: `must be one of ${[...RECORDED].join(', ')}` }];
  const now = tools.now();
  const id = uuidV7(now, entropy(10));
  const persons = new Persons(tools.keys.pointer, id);
  const month = timeText(now).slice(0, 7);
  const scope = {
    activity: record.activity ?? `zegel-${record.kind}`,
    case: record.case,
    confidential: false,
    month,
  };
  const { actor } = record;
  const person =
    actor?.id === undefined
      ? undefined
      : persons.mention(
          POSITION.actor,
          tools.handles.resolve({ ...scope, sort: 'actor', type: actor.type ?? actor.kind, id: actor.id }),
        );
  const subjects = record.subjects?.map(({ type, id: subject, involvement }, i) => {
    const handle = tools.handles.resolve({ ...scope, sort: 'subject', type, id: subject });
    return { involvement: involvement ?? 'target', ...persons.mention(POSITION.firstSubject + i, handle) };
  });
  const parts = partsOf(record, subjects);
  const targets = (subjects ?? []).map((_, i) => POSITION.firstSubject + i);
  const place = { origin: tools.origin, entryId: formatUuid(id), partNumber: parts.length === 1 ? 0 : 1 };
  const { parts: sealed, complete } = sealSecrets(
    place,
    persons,
    targets,
    record.reason === undefined ? {} : { reason: { reason: record.reason } },
  );
  if (!complete)
    return [{ path: '/reason', message: 'has neither an actor nor up to 16 subjects to seal it for' }];
  const base = {
    v: 1,
    id: formatUuid(id),
    kind: record.kind,
    occurred: record.occurred ?? timeText(now),
    ...(actor && {
      actor: {
        kind: actor.kind,
        ...(person && { person }),
        ...(actor.role !== undefined && { role: actor.role }),
      },
    }),
  };
  const drafts = parts.map((part, i) => {
    const secret = i === 0 && sealed.length > 0 && { sealed };
    return draftEntry({ ...base, ...part, ...secret } as unknown as EntryFields);
  });
  return { id, drafts, flags: 0 };
}

/** The keys of each part: as the caller split the body, or as the subjects have to be split. */
function partsOf(record: ControlRecord, subjects: readonly object[] | undefined): object[] {
  const split = record.bodies.length > 1;
  const runs = splitSubjects(subjects ?? []);
  const count = split ? record.bodies.length : runs.length;
  return Array.from({ length: count }, (_, i) => ({
    ...record.bodies[split ? i : 0],
    ...(subjects && { subjects: split ? subjects : runs[i], subjectCount: subjects.length }),
    ...(count > 1 && { part: { number: i + 1, of: count } }),
  }));
}
