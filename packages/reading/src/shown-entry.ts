import { type ActorMention, type Mention, parseUuid, type PartOf, type SubjectMention } from '@zegel/core';
import { LogError, type LogReader, type StoredEntry, type VaultReader } from '@zegel/log';
import { isKnown, type Person, personOf, type Unknown } from './person.ts';

/** An entry as stored, but for its persons. */
export type EntryObject = Readonly<Record<string, unknown>>;

/** An entry as it is shown: persons by `{type, id}` where the vault can tell, else `{ref}`. */
export interface ShownEntry {
  readonly index: number;
  readonly object: EntryObject;
  /** Persons that the vault could tell, in the order of their mentions. */
  readonly persons: readonly Person[];
}

/** The places of an entry where persons are mentioned, as far as its kind has them. */
export interface Mentions {
  readonly id: string;
  readonly part?: PartOf;
  readonly actor?: ActorMention;
  readonly onBehalfOf?: Mention;
  readonly subjects?: readonly SubjectMention[];
}

/** Positions of persons in an event (format v1 §3). */
export const POSITION = { actor: 0, onBehalfOf: 1, subjects: 2 } as const;

/** Reads an entry's JSON. Undefined when its body is gone. @throws LogError `LOG_DAMAGED` */
export function parseBody({ index, bytes }: StoredEntry): (EntryObject & Mentions) | undefined {
  if (bytes === undefined) return undefined;
  try {
    // What it says is checked by `verify`; here it is only shown.
    return JSON.parse(Buffer.from(bytes).toString()) as EntryObject & Mentions;
  } catch (cause) {
    throw new LogError('LOG_DAMAGED', `entry ${index} is not JSON`, { cause });
  }
}

/** How much of an entry is shown. */
export interface Showing {
  /** How many subjects are opened, from the first on; the others stay `{ref}`, as if nobody could tell. Default: all. */
  readonly subjects?: number;
}

/** Shows an entry with its persons. Undefined when its body is gone. @throws LogError `LOG_DAMAGED` */
export async function showEntry(
  log: LogReader,
  vault: VaultReader,
  entry: StoredEntry,
  { subjects: most = Number.POSITIVE_INFINITY }: Showing = {},
): Promise<ShownEntry | undefined> {
  const body = parseBody(entry);
  if (body === undefined) return undefined;
  const base = POSITION.subjects + (most > 0 ? await subjectsBefore(log, entry.index, body) : 0);
  const id = parseUuid(body.id);
  const persons: (Person | Unknown)[] = [];
  const open = (position: number, mention: Mention): Person | Unknown => {
    const person = personOf(vault, id, position, mention);
    persons.push(person);
    return person;
  };
  const { actor, onBehalfOf, subjects } = body;
  const object = {
    ...body,
    ...(actor?.person && { actor: { ...actor, person: open(POSITION.actor, actor.person) } }),
    ...(onBehalfOf && { onBehalfOf: open(POSITION.onBehalfOf, onBehalfOf) }),
    ...(subjects && {
      subjects: subjects.map((subject, at) => ({
        ...(at < most ? open(base + at, subject) : { ref: subject.ref }),
        involvement: subject.involvement,
      })),
    }),
  };
  return { index: entry.index, object, persons: persons.filter(isKnown) };
}

/** Subjects in the earlier parts of a split event: positions run over all of them. */
async function subjectsBefore(log: LogReader, index: number, { id, part }: Mentions): Promise<number> {
  if (part === undefined || part.number < 2) return 0;
  let subjects = 0;
  for await (const chunk of log.read(Math.max(0, index - part.number + 1), index))
    for (const entry of chunk) {
      const body = parseBody(entry);
      if (body?.id === id) subjects += body.subjects?.length ?? 0;
    }
  return subjects;
}
