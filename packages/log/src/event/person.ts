import { ACTOR_KINDS, INVOLVEMENTS, type Involvement } from '@zegel/core';
import { type Problem, quoted } from './problem.ts';
import { isRecord, report, reportUnknownKeys } from './report.ts';
import { isIdentifier, isPersonType } from './text.ts';
import { type EventPerson, type NormalizedSubject } from './types.ts';

type Names = ReadonlySet<string> | undefined;

/** Most subjects of one event. */
const MOST_SUBJECTS = 100_000;

const PERSON_KEYS: ReadonlySet<string> = new Set(['type', 'id']);
const SUBJECT_KEYS: ReadonlySet<string> = new Set(['type', 'id', 'involvement']);
const ACTING: ReadonlySet<string> = new Set(ACTOR_KINDS);

export const ID_WORDS = 'a text of 1 to 256 bytes without NUL';

/** Whether someone of this type may act: any kind of actor, or a type of the register's persons. */
export function mayAct(type: unknown, persons: Names): type is string {
  return typeof type === 'string' && (ACTING.has(type) || isPersonAmong(type, persons));
}

/** Checks whom an actor acts for. */
export function checkPerson(value: unknown, persons: Names, path: string, problems: Problem[]): void {
  if (!isRecord(value)) return report(problems, path, 'must be an object');
  reportUnknownKeys(value, PERSON_KEYS, path, problems);
  const { type, id } = value as Partial<Record<keyof EventPerson, unknown>>;
  if (!mayAct(type, persons)) report(problems, `${path}/type`, whyNoPerson(type));
  if (!isId(id)) report(problems, `${path}/id`, `must be ${ID_WORDS}`);
}

/** Checks the subjects and gives them with their involvement filled in, in the caller's order. */
export function subjectList(
  value: unknown,
  persons: Names,
  otherwise: Involvement,
  problems: Problem[],
): readonly NormalizedSubject[] {
  if (!Array.isArray(value)) {
    report(problems, '/subjects', 'must be a list');
    return [];
  }
  if (value.length > MOST_SUBJECTS) {
    report(problems, '/subjects', `must have at most ${MOST_SUBJECTS} items`);
    return [];
  }
  const subjects: NormalizedSubject[] = [];
  for (let at = 0; at < value.length; at++) {
    const subject = readSubject(value[at], persons, otherwise);
    if (subject) subjects.push(subject);
    else checkSubject(value[at], persons, `/subjects/${at}`, problems);
  }
  return subjects;
}

/** The good path: a subject, or undefined when anything at all is wrong with it. */
function readSubject(value: unknown, persons: Names, otherwise: Involvement): NormalizedSubject | undefined {
  if (!isRecord(value)) return undefined;
  const { type, id, involvement } = value as Partial<Record<keyof NormalizedSubject, unknown>>;
  if (typeof type !== 'string' || !isPersonAmong(type, persons) || !isId(id)) return undefined;
  if (involvement !== undefined && !isInvolvement(involvement)) return undefined;
  for (const key in value) if (!SUBJECT_KEYS.has(key) && Object.hasOwn(value, key)) return undefined;
  return { type, id, involvement: involvement ?? otherwise };
}

function checkSubject(value: unknown, persons: Names, path: string, problems: Problem[]): void {
  if (!isRecord(value)) return report(problems, path, 'must be an object');
  reportUnknownKeys(value, SUBJECT_KEYS, path, problems);
  const { type, id, involvement } = value as Partial<Record<keyof NormalizedSubject, unknown>>;
  if (typeof type !== 'string' || !isPersonAmong(type, persons))
    report(problems, `${path}/type`, whyNoPerson(type));
  if (!isId(id)) report(problems, `${path}/id`, `must be ${ID_WORDS}`);
  if (involvement !== undefined && !isInvolvement(involvement)) {
    report(problems, `${path}/involvement`, `must be one of ${INVOLVEMENTS.join(', ')}`);
  }
}

/** What is wrong with a type of person that was refused. */
export function whyNoPerson(type: unknown): string {
  if (typeof type !== 'string' || !isPersonType(type)) {
    return 'must be a type: a lower-case letter, then up to 31 of a-z 0-9 -';
  }
  return `names no type of person of the register here: ${quoted(type)}`;
}

function isPersonAmong(type: string, persons: Names): boolean {
  return persons ? persons.has(type) : isPersonType(type);
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && isIdentifier(value);
}

function isInvolvement(value: unknown): value is Involvement {
  return value === 'target' || value === 'shown' || value === 'related';
}
