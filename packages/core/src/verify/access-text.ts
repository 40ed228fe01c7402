import { checkSealed } from '../entry/rules.ts';
import { parseTime } from '../entry/time.ts';
import type { AccessInspection } from './inspection.ts';

const KEY = '[a-z][a-z0-9-]{0,63}';
const NAME = '[a-z0-9][a-z0-9._-]{0,63}';
const NUMBER = '(?:0|[1-9][0-9]{0,15})';
const HASH = '[\\w-]{42}[AEIMQUYcgkosw048]';
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const MENTION = `"ptr":"[\\w-]{21}[AQgw]","ref":"${HASH}"`;
const ACTOR = `(?:"kind":"anonymous"|"kind":"(?:employee|customer|system)"(,"person":\\{${MENTION}\\})?)`;
const SUBJECT = `\\{"involvement":"(?:target|shown|related)",${MENTION}\\}`;
const PERSONS = `\\[${NUMBER}(?:,${NUMBER})*\\]`;
const PART = `\\{"box":"[\\w-]+","commit":"${HASH}","part":"${KEY}","persons":${PERSONS}\\}`;

// The canonical text of the accesses that logs are full of. What does not match is not wrong: it takes the long way.
const ACCESS = new RegExp(
  [
    '^\\{"action":"(read|search|create|update|delete|export|disclose|execute)"',
    `"activity":"(${KEY}@[1-9][0-9]{0,15})"`,
    `"actor":\\{${ACTOR}(?:,"role":"(${KEY})")?\\}(?:,"confidential":true)?`,
    `"fields":\\[((?:"${KEY}"(?:,"${KEY}")*)?)\\]`,
    `"id":"(${UUID})"`,
    `"index":(${NUMBER})`,
    `"kind":"access"`,
    `"occurred":"([^"]{24})"(?:,"of":(${NUMBER}))?(,"onBehalfOf":\\{${MENTION}\\})?`,
    `"operation":"${NAME}"`,
    `"outcome":"(?:begun|success|denied|error)"`,
    `"prev":"(${HASH})"(?:,"recipient":"(${KEY})")?`,
    `"recorded":"([^"]{24})"(?:,"sealed":(\\[${PART}(?:,${PART})*\\]))?`,
    `"service":"${NAME}"(?:,"source":\\{"id":"(${NAME})","seq":(${NUMBER})\\})?`,
    `"subjectCount":(${NUMBER})`,
    `"subjects":\\[((?:${SUBJECT}(?:,${SUBJECT})*)?)\\]`,
    '"v":1\\}$',
  ].join(','),
);

/**
 * Reads a canonical access by its text, without parsing JSON: what the long way would find of the
 * same text, or undefined when the text is anything else or needs a closer look.
 */
export function readAccessText(text: string): Omit<AccessInspection, 'leaf' | 'problems'> | undefined {
  const found = ACCESS.exec(text);
  if (found === null) return undefined;
  // By place and not by name: the object that names make costs as much as the match. An absent one is undefined.
  const [
    ,
    action,
    activity,
    person,
    role = '',
    fieldList = '',
    id = '',
    indexText,
    occurredText = '',
    of = -1,
    behalf,
  ] = found;
  const [prev = '', recipient = '', recordedText = '', sealed] = [found[11], found[12], found[13], found[14]];
  const [source, seqText = 0, count, subjects = ''] = [found[15], found[16], found[17], found[18]];
  const fields = fieldSet(fieldList);
  const index = Number(indexText);
  const seq = Number(seqText);
  const occurred = parseTime(occurredText);
  const recorded = parseTime(recordedText);
  if (fields === undefined || occurred === undefined || recorded === undefined) return undefined;
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(seq) || Number(of) >= index) return undefined;
  if (Number(count) !== subjectCount(subjects)) return undefined;
  if (sealed !== undefined && !sealedFits(sealed, person, behalf, Number(count))) return undefined;
  const scope = `${activity} ${action} ${role} ${recipient} ${fields}`;
  const access = { kind: 'access', scope, index, prev, id, occurred, recorded } as const;
  return source === undefined ? access : { ...access, source: { id: source, seq } };
}

function sealedFits(
  text: string,
  person: string | undefined,
  behalf: string | undefined,
  count: number,
): boolean {
  return checkSealed(JSON.parse(text), person !== undefined, behalf !== undefined, count);
}

function subjectCount(subjects: string): number {
  return subjects === '' ? 0 : subjects.split('},{').length;
}

const sets = new Map<string, string | undefined>();
const MAX_SETS = 10_000;

// '"email","name"' as 'email name' when it is a set in order. A log has few of them.
function fieldSet(text: string): string | undefined {
  const known = sets.get(text);
  if (known !== undefined || sets.has(text)) return known;
  const keys = text === '' ? [] : text.slice(1, -1).split('","');
  const ordered = keys.every((key, i) => i === 0 || key > (keys[i - 1] ?? ''));
  if (sets.size >= MAX_SETS) sets.clear();
  sets.set(text, ordered ? keys.join(' ') : undefined);
  return sets.get(text);
}
