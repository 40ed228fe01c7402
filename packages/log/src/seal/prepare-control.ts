import { draftEntry, type EntryDraft, type EntryFields, formatUuid, timeText, uuidV7 } from '@zegel/core';
import { entropy } from '../entropy.ts';
import type { Problem } from '../event/problem.ts';
import { ID_WORDS } from '../event/person.ts';
import { isIdentifier } from '../event/text.ts';
import { type ControlRecord, FLAG } from '../protocol.ts';
import { Persons, POSITION } from './mentions.ts';
import { sealSecrets } from './parts.ts';
import { macOf, namedId, nameOf, remember, type SealTools, standingRow } from './prepare-event.ts';
import type { Drafting } from './repeated.ts';
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
export function prepareControl(
  tools: SealTools,
  record: ControlRecord,
  from: { readonly source: string },
): SealedRow | readonly Problem[] {
  if (!RECORDED.has(record.kind))
    return [{ path: '/kind', message: `must be one of ${[...RECORDED].join(', ')}` }];
  if (record.id === undefined) {
    const id = uuidV7(tools.now(), entropy(10));
    const drafts = draftControl(tools, record, id, new Persons(tools.keys.pointer, id));
    return isProblems(drafts) ? drafts : { id, drafts, flags: 0 };
  }
  if (!isIdentifier(record.id)) return [{ path: '/id', message: `must be ${ID_WORDS}` }];
  return namedControl(tools, record, namedId(tools.keys, from.source, record.id));
}

/** As with a named event: repeated, it is what stands there; another under the same id is refused by the commit. */
function namedControl(
  tools: SealTools,
  record: ControlRecord,
  id: Uint8Array,
): SealedRow | readonly Problem[] {
  const mac = macOf(tools, JSON.parse(JSON.stringify(record)));
  if (tools.standing.has(nameOf(id))) return repeatedControl(tools, record, id, mac);
  const persons = new Persons(tools.keys.pointer, id);
  const drafts = draftControl(tools, record, id, persons);
  if (isProblems(drafts)) return drafts;
  const numbers = persons.numbers();
  return remember(tools, id, mac, numbers)
    ? { id, drafts, flags: FLAG.named, mac }
    : { id, drafts, flags: FLAG.named | FLAG.differs, mac, numbers };
}

function repeatedControl(
  tools: SealTools,
  record: ControlRecord,
  id: Uint8Array,
  mac: Uint8Array,
): SealedRow | readonly Problem[] {
  let problems: readonly Problem[] | undefined;
  const row = standingRow(tools, mac, {
    id,
    hasOccurred: record.occurred !== undefined,
    draft: (dry, persons) => {
      const drafts = draftControl(dry, record, id, persons);
      if (!isProblems(drafts)) return drafts;
      problems = drafts;
      return [];
    },
  });
  return problems ?? row;
}

function isProblems(value: readonly EntryDraft[] | readonly Problem[]): value is readonly Problem[] {
  return value.some((one) => 'path' in one);
}

function draftControl(
  tools: Drafting,
  record: ControlRecord,
  id: Uint8Array,
  persons: Persons,
): readonly EntryDraft[] | readonly Problem[] {
  const now = tools.now();
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
  return parts.map((part, i) => {
    const secret = i === 0 && sealed.length > 0 && { sealed };
    return draftEntry({ ...base, ...part, ...secret } as unknown as EntryFields);
  });
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
