import { CONSULTATION_ACTIVITY } from '@zegel/core';
import { type EntryObject, localTime, plainText, visible } from '@zegel/reading';
import type { Language } from '../http/preferences.ts';
import { type EntryLabels, LABELS, label } from '../texts/entry-labels.ts';
import { type AccessWords, type ControlWords, SENTENCES } from '../texts/entry-sentences.ts';
import { personIn, personWords } from './persons-in-words.ts';
import type { RegisterVersion } from './registers.ts';

/** What a sentence is made with. */
export interface Telling {
  readonly register: RegisterVersion | undefined;
  readonly timeZone: string;
  readonly language: Language;
}

/** Most persons and fields named in a sentence; the list below it names them all. */
const MOST_NAMED = 3;

/** What an entry says in one plain sentence, persons by pseudonym. */
export function entrySentence(object: EntryObject, telling: Telling): string {
  const words = SENTENCES[telling.language];
  const kind = plainText(object['kind']);
  const tell = Object.hasOwn(words.kinds, kind) ? words.kinds[kind] : undefined;
  const text =
    kind === 'access'
      ? words.access(accessWords(object, telling))
      : (tell?.(controlWords(object, telling)) ?? words.other(label(LABELS[telling.language].kinds, kind)));
  return visible(`${text.slice(0, 1).toLocaleUpperCase(telling.language)}${text.slice(1)}.`);
}

function accessWords(object: EntryObject, telling: Telling): AccessWords {
  const labels = LABELS[telling.language];
  const { name, purpose, basis } = activityWords(object['activity'], telling);
  const behalf = personIn(object['onBehalfOf'], '?');
  const outcome = plainText(object['outcome']);
  return {
    ...{
      who: actorWords(object, labels),
      whose: whoseWords(object, telling),
      purpose,
      basis,
      activity: name,
    },
    onBehalfOf: behalf === undefined ? '' : personWords(behalf, labels),
    action: plainText(object['action']),
    operation: plainText(object['operation']),
    fields: listed(fieldNames(object['fields'], telling), telling),
    recipient:
      object['recipient'] === undefined ? '' : recipientName(plainText(object['recipient']), telling),
    outcome: outcome === 'success' ? '' : label(labels.outcomes, outcome),
  };
}

function controlWords(object: EntryObject, telling: Telling): ControlWords {
  const labels = LABELS[telling.language];
  const text = (key: string): string => (object[key] === undefined ? '' : plainText(object[key]));
  const time = (key: string): string =>
    object[key] === undefined ? '' : localTime(object[key], telling.timeZone);
  const size = (key: string): number => (Array.isArray(object[key]) ? object[key].length : 0);
  return {
    who: object['actor'] === undefined ? '' : actorWords(object, labels),
    whose: whoseWords(object, telling),
    activity: object['activity'] === undefined ? '' : activityWords(object['activity'], telling).name,
    ...{ service: text('service'), ground: text('ground'), rule: text('rule'), version: text('version') },
    ...{
      date: text('date'),
      origin: text('origin'),
      count: text('count'),
      from: time('from'),
      to: time('to'),
    },
    ...{ next: time('next'), handles: size('handles'), ranges: size('ranges') },
    of: [object['of']].flat().join(', '),
    event: eventName(text('event'), telling),
    result: label(labels.results, object['result'] ?? object['state'] ?? ''),
  };
}

/** Who acted: pseudonym and role, else the kind of actor. */
function actorWords({ actor }: EntryObject, labels: EntryLabels): string {
  if (typeof actor !== 'object' || actor === null) return label(labels.actors, 'anonymous');
  const { kind, role, person } = actor as Readonly<Record<string, unknown>>;
  const who = personIn(person, plainText(kind));
  const name = who === undefined ? label(labels.actors, kind) : personWords(who, labels);
  return role === undefined ? name : `${name} (${plainText(role)})`;
}

function whoseWords({ subjects, subjectCount }: EntryObject, telling: Telling): string {
  const all = Array.isArray(subjects) ? subjects : [];
  const names = all.map((each: unknown) => {
    const person = personIn(each, '?');
    return person === undefined ? '' : personWords(person, LABELS[telling.language]);
  });
  const count = typeof subjectCount === 'number' ? subjectCount : all.length;
  return listed(names, telling, count);
}

/** Name, purpose and legal basis of an activity as the register had them; its key where that is not known. */
export function activityWords(
  stated: unknown,
  { register, language }: Telling,
): { readonly key: string; readonly name: string; readonly purpose: string; readonly basis: string } {
  const key = plainText(stated).split('@', 1)[0] ?? '';
  const labels = LABELS[language];
  if (key === CONSULTATION_ACTIVITY) return { key, name: labels.consultation, purpose: '', basis: '' };
  const activities = register?.document.activities ?? {};
  const activity = Object.hasOwn(activities, key) ? activities[key] : undefined;
  if (activity === undefined) return { key, name: key, purpose: '', basis: '' };
  const purpose = activity.purpose[language];
  // Inside a sentence; a word all in capitals keeps them.
  const lower = /^\p{Lu}\p{Ll}/u.test(purpose)
    ? purpose.slice(0, 1).toLowerCase() + purpose.slice(1)
    : purpose;
  return {
    key,
    name: activity.name[language],
    purpose: lower.replace(/\.$/, ''),
    basis: label(labels.bases, activity.basis),
  };
}

/** Names of fields as the register had them. */
export function fieldNames(fields: unknown, { register, language }: Telling): readonly string[] {
  const known = register?.document.fields ?? {};
  const keys = Array.isArray(fields) ? fields.map(plainText) : [];
  return keys.map((key) => (Object.hasOwn(known, key) ? (known[key]?.[language] ?? key) : key));
}

/** Name of a recipient as the register had it. */
export function recipientName(key: string, { register, language }: Telling): string {
  const known = register?.document.recipients ?? '*';
  const recipient = known === '*' || !Object.hasOwn(known, key) ? undefined : known[key];
  if (recipient === undefined) return key;
  return `${recipient.name} (${label(LABELS[language].recipients, recipient.role)}, ${recipient.country})`;
}

function eventName(key: string, { register, language }: Telling): string {
  const known = register?.document.events ?? {};
  return Object.hasOwn(known, key) ? (known[key]?.[language] ?? key) : key;
}

/** The first few with "and"; how many more there are. */
function listed(names: readonly string[], { language }: Telling, count: number = names.length): string {
  const words = SENTENCES[language];
  const some = names.slice(0, MOST_NAMED);
  const rest = count - some.length;
  const parts = rest > 0 && some.length > 0 ? [...some, words.more(rest)] : some;
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} ${words.and} ${last}`;
}
