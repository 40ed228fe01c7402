import type { CompiledRegister } from '@zegel/log';
import { activityName } from './activity-names.ts';
import type { Language } from './language.ts';
import type { EntryObject } from './shown-entry.ts';
import { localTime } from './local-time.ts';
import { visible } from './one-line.ts';
import { plainText } from './plain-text.ts';
import { actorText, listText, personText, roleOf, subjectTexts } from './persons-text.ts';
import { WORDS } from './words.ts';

/** Most subjects named in a sentence; the details name them all. */
const MOST_NAMED = 5;

/** What an entry says, as a sentence. */
export function sentence(
  object: EntryObject,
  register: CompiledRegister,
  timeZone: string,
  language: Language,
): string {
  const words = WORDS[language];
  const time = `${localTime(object['occurred'], timeZone)} (${timeZone})`;
  const text =
    object['kind'] === 'access'
      ? access(object, register, language)
      : words.kind(plainText(object['kind']), about(object));
  return visible(`${words.at(time)} ${text}.`);
}

function access(object: EntryObject, register: CompiledRegister, language: Language): string {
  const words = WORDS[language];
  const role = roleOf(object);
  const fields = listText(object['fields']);
  const recipient = object['recipient'];
  return [
    role === '' ? actorText(object) : `${actorText(object)} (${role})`,
    object['onBehalfOf'] === undefined ? '' : words.onBehalfOf(personText(object['onBehalfOf'])),
    words.action(plainText(object['action'])),
    fields.length === 0 ? '' : fields.join(', '),
    named(subjectTexts(object), object['subjectCount'], words.of),
    recipient === undefined ? '' : words.to(plainText(recipient)),
    words.under(activityName(register, plainText(object['activity']), language)),
    words.outcome(plainText(object['outcome'])),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function named(
  subjects: readonly string[],
  count: unknown,
  of: (who: string, more: number) => string,
): string {
  const all = typeof count === 'number' ? count : subjects.length;
  const some = subjects.slice(0, MOST_NAMED);
  return some.length === 0 ? '' : of(some.join(', '), all - some.length);
}

/** Whom an entry of another kind concerns and what it names. */
function about(object: EntryObject): string {
  const keys = ['event', 'state', 'ground', 'activity', 'rule', 'result', 'version', 'origin', 'of'];
  const told = keys
    .filter((key) => object[key] !== undefined)
    .map((key) => `${key} ${[object[key]].flat().join(', ')}`);
  return [...told, ...subjectTexts(object).slice(0, MOST_NAMED)].join('; ');
}
