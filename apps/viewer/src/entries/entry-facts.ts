import { type EntryObject, localTime, plainText, visible } from '@zegel/reading';
import { ENTRY } from '../texts/entry.ts';
import { LABELS, label } from '../texts/entry-labels.ts';
import { activityWords, fieldNames, recipientName, type Telling } from './entry-sentence.ts';
import { personIn, type ShownPerson } from './persons-in-words.ts';

/** One thing that an entry says of a key. */
export type Fact =
  | { readonly kind: 'text'; readonly text: string; readonly note?: string }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'person';
      /** The qualifier of queries for this place. */
      readonly place: 'actor' | 'onbehalfof' | 'subject';
      readonly person: ShownPerson;
      readonly note: string;
    }
  | { readonly kind: 'entry'; readonly index: number };

/** A key of an entry, in plain words, and what it says. */
export interface FactRow {
  readonly key: string;
  readonly label: string;
  readonly facts: readonly Fact[];
}

/** Keys told first and in this order; the others follow as they stand. */
const ORDER = [
  ...['kind', 'occurred', 'recorded', 'actor', 'onBehalfOf', 'action', 'subjects', 'subjectCount', 'fields'],
  ...['activity', 'recipient', 'outcome', 'operation', 'service', 'of', 'confidential', 'flags', 'sealed'],
];
const TIMES: ReadonlySet<string> = new Set(['occurred', 'recorded', 'cutoff', 'from', 'to', 'next']);
const CODES: ReadonlySet<string> = new Set([
  'id',
  'prev',
  'vkey',
  'digest',
  'signature',
  'document',
  'succeeds',
]);
/** A list of thousands of handle numbers tells nobody anything. */
const MOST_LISTED = 200;

/** Everything that an entry says, a row per key. */
export function entryFacts(object: EntryObject, telling: Telling): readonly FactRow[] {
  const keys = [...ORDER, ...Object.keys(object).filter((key) => !ORDER.includes(key))];
  return keys
    .filter((key) => object[key] !== undefined)
    .flatMap((key) => [row(key, factsOf(key, object, telling), telling), ...more(key, object, telling)]);
}

function row(key: string, facts: readonly Fact[], { language }: Telling): FactRow {
  return { key, label: label(LABELS[language].keys, key), facts };
}

/** What the register adds to the activity. */
function more(key: string, object: EntryObject, telling: Telling): readonly FactRow[] {
  if (key !== 'activity') return [];
  const { purpose, basis } = activityWords(object[key], telling);
  return [
    ['purpose', purpose],
    ['basis', basis],
  ].flatMap(([name = '', words = '']) => (words === '' ? [] : [row(name, [text(words)], telling)]));
}

function factsOf(key: string, object: EntryObject, telling: Telling): readonly Fact[] {
  const value = object[key];
  const { language, timeZone } = telling;
  const labels = LABELS[language];
  if (TIMES.has(key)) return [text(`${localTime(value, timeZone)} (${timeZone})`, plainText(value))];
  if (CODES.has(key)) return [code(value)];
  switch (key) {
    case 'actor':
      return actorFacts(value, telling);
    case 'onBehalfOf':
      return persons([value], 'onbehalfof', telling);
    case 'subjects':
      return persons(value, 'subject', telling);
    case 'fields':
      return listOf(value).map((each, at) => text(fieldNames(value, telling)[at] ?? '', plainText(each)));
    case 'activity':
      return [text(activityWords(value, telling).name, plainText(value))];
    case 'recipient':
      return [text(recipientName(plainText(value), telling), plainText(value))];
    case 'kind':
      return [text(label(labels.kinds, value), plainText(value))];
    case 'action':
      return [text(label(labels.actions, value), plainText(value))];
    case 'outcome':
      return [text(label(labels.outcomes, value), plainText(value))];
    case 'result':
    case 'state':
      return [text(label(labels.results, value), plainText(value))];
    case 'flags':
      return listOf(value).map((flag) => text(label(labels.flags, flag), plainText(flag)));
    case 'of':
      return listOf(value).map((index) =>
        typeof index === 'number' ? { kind: 'entry', index } : code(index),
      );
    case 'confidential':
      return [text(ENTRY[language].yes)];
    case 'sealed':
      return listOf(value).map((part) => sealedFact(part, telling));
    default:
      return Array.isArray(value) ? value.slice(0, MOST_LISTED).map(plain) : [plain(value)];
  }
}

function actorFacts(value: unknown, telling: Telling): readonly Fact[] {
  const { kind, role, person } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const labels = LABELS[telling.language];
  const note = [label(labels.actors, kind), ...(role === undefined ? [] : [plainText(role)])].join(', ');
  const who = personIn(person, plainText(kind));
  return who === undefined ? [text(note)] : [{ kind: 'person', place: 'actor', person: who, note }];
}

function persons(value: unknown, place: 'onbehalfof' | 'subject', { language }: Telling): readonly Fact[] {
  return listOf(value).flatMap((each): readonly Fact[] => {
    const person = personIn(each, '?');
    if (person === undefined) return [];
    const { involvement } = person;
    const note = involvement === undefined ? '' : label(LABELS[language].involvements, involvement);
    return [{ kind: 'person', place, person, note }];
  });
}

function sealedFact(part: unknown, { language }: Telling): Fact {
  const { part: name, persons: of } = (part ?? {}) as Readonly<Record<string, unknown>>;
  const words = ENTRY[language].sealedFor(listOf(of).length);
  return text(`${label(LABELS[language].sealed, name)}: ${words}`);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function plain(value: unknown): Fact {
  return typeof value === 'string' || typeof value === 'number' ? text(plainText(value)) : code(value);
}

function code(value: unknown): Fact {
  return { kind: 'code', text: visible(typeof value === 'string' ? value : JSON.stringify(value)) };
}

function text(words: string, note?: string): Fact {
  return {
    kind: 'text',
    text: visible(words),
    ...(note !== undefined && note !== words && { note: visible(note) }),
  };
}
