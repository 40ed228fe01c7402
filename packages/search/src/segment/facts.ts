import { parseTime } from '@zegel/core';
import { ROLE, subjectRole } from './attributes.ts';
import { quickFacts } from './quick-facts.ts';

/** A mention as the index needs it (format v1 §3). */
export interface MentionFact {
  readonly role: number;
  /** Position over all parts of the event, counted from the first subject of this part for subjects. */
  readonly position: number;
  readonly ptr: string;
}

/** The sealed trace of an entry, unopened (format v1 §4). */
interface SealedFact {
  /** Place in `sealed`. */
  readonly position: number;
  readonly commit: string;
  readonly box: string;
  readonly persons: readonly number[];
}

/** What search needs of an entry. */
export interface Facts {
  /** UUID text. */
  readonly id: string;
  /** ms since 1970. */
  readonly occurred: number;
  /** In the order of SINGLE_ATTRIBUTES; undefined where the entry has none. */
  readonly singles: readonly (string | undefined)[];
  /** In the order of MULTI_ATTRIBUTES. */
  readonly multis: readonly (readonly string[])[];
  readonly mentions: readonly MentionFact[];
  /** Number of this part, 0 for an entry that is not split. */
  readonly part: number;
  /** Number of parts, 0 for an entry that is not split. */
  readonly parts: number;
  readonly subjects: number;
  /** Subjects over all parts, as the entry says; 0 for an entry that is not split, where nobody asks. */
  readonly subjectCount: number;
  readonly trace: SealedFact | undefined;
  /** base64url handle numbers that this entry destroys, and the ranges of bodies that it prunes. */
  readonly handles: readonly string[];
  readonly ranges: readonly (readonly [number, number])[];
}

/** Position of a mention over all parts of its event; undefined where it can't be told. */
export function placeOf(mention: MentionFact, base: number | undefined): number | undefined {
  if (mention.position < 2) return mention.position;
  return base === undefined ? undefined : mention.position + base;
}

type Json = Readonly<Record<string, unknown>>;
const NONE: readonly never[] = [];
const decoder = new TextDecoder();

/** Reads the facts of entry bytes; undefined for bytes that are no entry: verification tells about those, search does not. */
export function readFacts(bytes: Uint8Array): Facts | undefined {
  const text = textOf(bytes);
  return quickFacts(text) ?? parsedFacts(text);
}

/** The facts by way of JSON, which takes any form that an entry can have. */
export function parsedFacts(text: string): Facts | undefined {
  let entry: unknown;
  try {
    entry = JSON.parse(text);
  } catch {
    return undefined;
  }
  const object = asObject(entry);
  return object === undefined ? undefined : factsOf(object);
}

function textOf(bytes: Uint8Array): string {
  return bytes instanceof Buffer ? bytes.toString('utf8') : decoder.decode(bytes);
}

function factsOf(entry: Json): Facts | undefined {
  const id = asText(entry['id']);
  const occurred = parseTime(asText(entry['occurred']) ?? '');
  if (id === undefined || occurred === undefined) return undefined;
  const actor = asObject(entry['actor']);
  const retention = entry['kind'] === 'retention';
  const subjects = asList(entry['subjects']);
  const mentions: MentionFact[] = [];
  addMention(mentions, ROLE.actor, 0, asObject(actor?.['person']));
  addMention(mentions, ROLE.onBehalfOf, 1, asObject(entry['onBehalfOf']));
  const involvements = addSubjects(mentions, subjects);
  const split = asObject(entry['part']);
  const part = countOf(split?.['number']);
  return {
    id,
    occurred,
    singles: singlesOf(entry, actor),
    multis: [asTexts(entry['fields']), involvements, asTexts(entry['flags'])],
    mentions,
    part,
    parts: part === 0 ? 0 : countOf(split?.['of']),
    subjects: subjects.length,
    subjectCount: part === 0 ? 0 : countOf(entry['subjectCount']),
    trace: traceOf(asList(entry['sealed'])),
    handles: retention ? asTexts(entry['handles']) : NONE,
    ranges: retention ? asList(entry['ranges']).filter(isRange) : NONE,
  };
}

function singlesOf(entry: Json, actor: Json | undefined): (string | undefined)[] {
  const activity = asText(entry['activity']);
  const at = activity?.indexOf('@') ?? -1;
  return [
    asText(entry['kind']),
    asText(entry['action']),
    at < 0 ? activity : activity?.slice(0, at),
    asText(entry['operation']),
    asText(entry['service']),
    asText(actor?.['role']),
    asText(entry['recipient']),
    asText(entry['outcome']),
    asText(actor?.['kind']),
  ];
}

function addMention(mentions: MentionFact[], role: number, position: number, person: Json | undefined): void {
  const ptr = asText(person?.['ptr']);
  if (ptr !== undefined) mentions.push({ role, position, ptr });
}

/** Adds the subjects' mentions and returns their involvements, each once. */
function addSubjects(mentions: MentionFact[], subjects: readonly unknown[]): readonly string[] {
  const involvements: string[] = [];
  for (let i = 0; i < subjects.length; i++) {
    const subject = asObject(subjects[i]);
    const involvement = asText(subject?.['involvement']) ?? '';
    const role = subjectRole(involvement);
    if (role === undefined) continue;
    if (!involvements.includes(involvement)) involvements.push(involvement);
    addMention(mentions, role, 2 + i, subject);
  }
  return involvements;
}

function traceOf(sealed: readonly unknown[]): SealedFact | undefined {
  for (let position = 0; position < sealed.length; position++) {
    const part = asObject(sealed[position]);
    if (part?.['part'] !== 'trace') continue;
    const box = asText(part['box']);
    const commit = asText(part['commit']);
    const persons = asList(part['persons']).filter((one) => typeof one === 'number');
    if (box !== undefined && commit !== undefined) return { position, box, commit, persons };
  }
  return undefined;
}

function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
}

function isRange(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && Number.isSafeInteger(value[0]) && Number.isSafeInteger(value[1]);
}

function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null ? (value as Json) : undefined;
}

// Names are at most 64 characters (format v1 §1), references and boxes longer; what is absurd is left to verification.
function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NONE;
}

function asTexts(value: unknown): readonly string[] {
  const list = asList(value);
  return list.every(isText) ? list : list.filter(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
