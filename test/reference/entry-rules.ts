import { NotInForm, unUtf8 } from './bytes.ts';
import { canonical, isObject, type Json, type JsonObject, parseJson } from './json.ts';
import {
  activityVersion,
  among,
  box,
  bytesOf,
  count,
  day,
  type EntryCode,
  key,
  list,
  msOf,
  must,
  name,
  object,
  origin,
  Refused,
  type Rule,
  type Shape,
  set,
  time,
  unicode,
  uuid,
} from './values.ts';

const index = count(0);
const mention = { ptr: bytesOf(16), ref: bytesOf(32) };
const subjects = list(object({ ...mention, involvement: among('target', 'shown', 'related') }));
const actor = object({
  kind: among('employee', 'customer', 'system', 'anonymous'),
  'person?': object(mention),
  'role?': key,
});
const sealed = list(object({ box, commit: bytesOf(32), part: key, persons: set(index, true) }), true);
const common: Shape = {
  v: among(1),
  index,
  prev: bytesOf(32),
  id: uuid,
  occurred: time,
  recorded: time,
  'source?': object({ id: name, seq: index }),
};
const part: Shape = { 'part?': object({ number: count(1), of: count(2) }) };
const control: Shape = { control: object({ index, leaf: bytesOf(32) }) };
const persons: Shape = {
  'activity?': key,
  'actor?': actor,
  'sealed?': sealed,
  subjectCount: index,
  subjects,
};
const range: Rule = (value) => {
  list(index)(value);
  must((value as readonly Json[]).length === 2, 'first and last');
};

/** The keys of each kind (format v1, chapter Kinds). */
export const KINDS: Readonly<Record<string, Shape>> = {
  genesis: { origin, vkey: unicode, 'succeeds?': object({ held: unicode, 'lost?': unicode }) },
  access: {
    ...part,
    action: among('read', 'search', 'create', 'update', 'delete', 'export', 'disclose', 'execute'),
    activity: activityVersion,
    actor,
    'confidential?': among(true),
    fields: set(key),
    'flags?': set(key, true),
    'of?': index,
    'onBehalfOf?': object(mention),
    operation: name,
    outcome: among('begun', 'success', 'denied', 'error'),
    'recipient?': key,
    'sealed?': sealed,
    service: name,
    subjectCount: index,
    subjects,
  },
  register: { ...control, ...part, version: count(1), date: day, digest: bytesOf(32), document: unicode },
  lifecycle: { ...control, ...part, ...persons, event: key },
  correction: {
    ...control,
    ...part,
    of: index,
    'actor?': actor,
    'fields?': set(key, true),
    'sealed?': sealed,
  },
  erasure: { ...control, ...part, ...persons, ground: key },
  retention: {
    ...control,
    ...part,
    activity: key,
    rule: key,
    'cutoff?': time,
    handles: set(bytesOf(16)),
    ranges: list(range),
  },
  hold: { ...control, ...part, ...persons, state: among('placed', 'lifted'), 'of?': index },
  confidentiality: { ...control, ...part, of: set(index, true), 'actor?': actor, 'sealed?': sealed },
  review: {
    ...control,
    ...part,
    of: set(index, true),
    result: among('in-order', 'follow-up'),
    actor,
    'sealed?': sealed,
  },
  gap: { ...control, activity: key, service: name, count: count(1), from: time, to: time },
  heartbeat: { ...control, next: time },
  key: { ...control, vkey: unicode, signature: bytesOf(64) },
  clock: { ...control, from: time, to: time },
};

/** Keys that differ between the parts of one event. */
export const SPREAD: Readonly<Record<string, readonly string[]>> = {
  access: ['sealed', 'subjects'],
  lifecycle: ['sealed', 'subjects'],
  erasure: ['sealed', 'subjects'],
  hold: ['sealed', 'subjects'],
  register: ['document'],
  correction: ['fields', 'sealed'],
  confidentiality: ['of', 'sealed'],
  review: ['of', 'sealed'],
  retention: ['handles', 'ranges'],
};

/** One entry as the chapter Verification reads it by itself. */
export interface Read {
  readonly problem?: EntryCode;
  /** The object, whatever is wrong with it; undefined when there is none. */
  readonly object?: JsonObject;
}

/** Checks the exact bytes of one entry. */
export function readEntry(bytes: Uint8Array): Read {
  if (bytes.length > 65_535) return { problem: 'malformed' };
  let text: string;
  try {
    text = unUtf8(bytes);
  } catch {
    return { problem: 'not-canonical' };
  }
  const found = objectIn(text);
  if (found === undefined) return { problem: 'not-canonical' };
  try {
    checkEntry(found, text, bytes.length);
    return { object: found };
  } catch (error) {
    if (error instanceof Refused) return { problem: error.code, object: found };
    throw error;
  }
}

// A repeated key makes the text not canonical; what else it says is of no interest.
function objectIn(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof NotInForm) return undefined;
    throw error;
  }
}

function checkEntry(entry: JsonObject, text: string, length: number): void {
  const { v, kind } = entry;
  if (v !== 1 && Number.isSafeInteger(v)) throw new Refused('unknown-version', 'another version');
  const shape = typeof kind === 'string' && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (shape === undefined) throw new Refused('malformed', 'no kind of version 1');
  object({ ...common, ...shape, kind: among(kind as string) })(entry);
  checkTogether(entry);
  let again = '';
  try {
    again = canonical(entry);
  } catch {
    throw new Refused('not-canonical', 'ill-formed Unicode');
  }
  if (again !== text) throw new Refused('not-canonical', 'another form');
  const link = entry['control'];
  const controlIndex = isObject(link) ? 16 - digits(link['index']) : 0;
  must(length + controlIndex + 16 - digits(entry['index']) <= 65_535, 'too large at 16 digits');
}

// What must hold between the keys of one entry.
function checkTogether(entry: JsonObject): void {
  const { part: split, of, index: own, kind } = entry;
  if (isObject(split)) must(Number(split['number']) <= Number(split['of']), 'part.number beyond part.of');
  const named = Array.isArray(of) ? of : of === undefined ? [] : [of];
  for (const one of named) must(Number(one) < Number(own), 'names an entry that is not below it');
  if (kind === 'hold')
    must((entry['state'] === 'lifted') === (of !== undefined), 'of: when lifted, and only then');
  if (kind === 'retention') checkRanges(entry);
  if (kind === 'gap' || kind === 'clock')
    must((msOf(textOf(entry['from'])) ?? 0) <= (msOf(textOf(entry['to'])) ?? 0), 'to before from');
  const who = entry['actor'];
  if (isObject(who))
    must(who['kind'] !== 'anonymous' || who['person'] === undefined, 'an anonymous actor is nobody');
  if (Array.isArray(entry['subjects'])) {
    const given = entry['subjects'].length;
    const counted = Number(entry['subjectCount']);
    must(isObject(split) ? counted >= given : counted === given, 'subjectCount');
  }
  checkPositions(entry);
}

function checkRanges({ ranges, cutoff, index: own }: JsonObject): void {
  const pairs = ranges as readonly (readonly [number, number])[];
  let next = 0;
  for (const [first, last] of pairs) {
    must(next <= first && first <= last && last < Number(own), 'ranges ascend, apart, below the entry');
    next = last + 1;
  }
  must(pairs.length === 0 || cutoff !== undefined, 'ranges come with their cutoff');
}

function checkPositions(entry: JsonObject): void {
  const who = entry['actor'];
  const there = new Set<number>();
  if (isObject(who) && who['person'] !== undefined) there.add(0);
  if (entry['onBehalfOf'] !== undefined) there.add(1);
  const subjectsEnd = 2 + Number(entry['subjectCount'] ?? 0);
  for (const one of (entry['sealed'] ?? []) as readonly { readonly persons: readonly number[] }[]) {
    for (const at of one.persons)
      must(there.has(at) || (at >= 2 && at < subjectsEnd), 'nobody at that position');
  }
}

function digits(value: Json | undefined): number {
  return typeof value === 'number' ? `${value}`.length : 0;
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
