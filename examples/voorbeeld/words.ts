import { type AccessEntry, type Action, type Mention, parseUuid } from '@zegel/core';
import type { Log, StoredEntry } from '@zegel/log';

/** A person as the vault knows them. */
export interface Person {
  readonly type: string;
  readonly id: string;
}

/** An access, with whoever the vault can name. */
export interface Told {
  readonly index: number;
  readonly entry: AccessEntry;
  readonly actor: Person | undefined;
  /** In the order of the entry; undefined where nobody can tell. */
  readonly subjects: readonly (Person | undefined)[];
}

/** Opens the mentions of an access (format v1 §3); undefined for other entries and for later parts of a split one. */
export function open(log: Log, { index, bytes }: StoredEntry): Told | undefined {
  if (bytes === undefined) return undefined;
  const entry = JSON.parse(Buffer.from(bytes).toString()) as AccessEntry;
  if (entry.kind !== 'access' || (entry.part?.number ?? 1) > 1) return undefined;
  const id = parseUuid(entry.id);
  const person = (position: number, mention: Mention | undefined): Person | undefined =>
    mention && log.vault.open(id, position, { ref: mention.ref, ptr: mention.ptr });
  const subjects = entry.subjects.map((subject, n) => person(2 + n, subject));
  return { index, entry, actor: person(0, entry.actor.person), subjects };
}

const DONE = {
  read: 'read',
  search: 'searched, and was shown',
  create: 'entered',
  update: 'changed',
  delete: 'deleted',
  export: 'exported',
  disclose: 'gave',
  execute: 'worked with',
} as const satisfies Record<Action, string>;

/** An access in a sentence. */
export function sentence(log: Log, { index, entry, actor, subjects }: Told): string {
  const { document, timeZone } = log.register;
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone });
  const who = actor === undefined ? entry.actor.kind : `${actor.type} ${actor.id}`;
  const role = entry.actor.role === undefined ? '' : ` (${entry.actor.role})`;
  const to = entry.recipient === undefined ? '' : ` ${recipient(log, entry.recipient)}`;
  const fields = entry.fields.map((key) => document.fields[key]?.en ?? key).join(', ');
  const remarks = [entry.outcome === 'denied' ? 'REFUSED' : '', entry.confidential ? 'confidential' : ''];
  const remark = remarks.filter((each) => each !== '').map((each) => `, ${each}`);
  const done = `${DONE[entry.action]}${to} ${fields} of ${whose(subjects, entry.subjectCount)}${remark.join('')}`;
  return `${clock.format(new Date(entry.occurred))}  ${who}${role} ${done}  [${index}]`;
}

function whose(subjects: readonly (Person | undefined)[], count: number): string {
  const [first] = subjects;
  if (count === 0) return 'nobody';
  const name = first === undefined ? 'somebody' : `${first.type} ${first.id}`;
  return count === 1 ? name : `${name} and ${(count - 1).toLocaleString('en-US')} more`;
}

/** Name of a recipient. */
export function recipient(log: Log, key: string): string {
  const { recipients } = log.register.document;
  return recipients === '*' ? key : (recipients?.[key]?.name ?? key);
}
