import { ACTIONS, type Action, OUTCOMES } from '@zegel/core';
import type { CompiledActivity, CompiledRegister } from '../register/compile.ts';
import { checkActor } from './actor.ts';
import { checkExtras, type Given } from './extras.ts';
import { isAmong, nameList, whyNotAmong } from './names.ts';
import { normalize } from './normalize.ts';
import { checkPerson, subjectList } from './person.ts';
import { type Problem, quoted } from './problem.ts';
import { isRecord, optional, report, reportUnknownKeys } from './report.ts';
import { isServiceName } from './text.ts';
import type { AccessEvent, NormalizedEvent } from './types.ts';

/** Most fields of one event. */
const MOST_FIELDS = 500;

/** Most flags of one event. */
const MOST_FLAGS = 16;

const REQUIRED = ['action', 'activity', 'actor', 'subjects', 'fields', 'service'] as const;
const OPTIONAL = [
  'occurred',
  'id',
  'operation',
  'recipient',
  'case',
  'onBehalfOf',
  'confidential',
  'reason',
  'outcome',
  'trace',
  'flags',
  'of',
] as const satisfies readonly (keyof AccessEvent)[];
const KEYS: ReadonlySet<string> = new Set([...REQUIRED, ...OPTIONAL]);
const KNOWN_ACTIONS: ReadonlySet<unknown> = new Set(ACTIONS);
const KNOWN_OUTCOMES: ReadonlySet<unknown> = new Set(OUTCOMES);
const NAME_WORDS = 'a name of 1 to 64 of a-z 0-9 . _ -, starting with a letter or digit';

/**
 * Checks an access event against a register and applies the defaults (see {@link NormalizedEvent}).
 * Never throws on plain JSON values; what is wrong is returned, all of it (up to 1,000 problems).
 * Tell the two answers apart with {@link isProblems}.
 *
 * @param event Plain JSON values: a snapshot, since a live object could change after the check.
 * @param activities Where the activity is looked up; `register.builtin` for Zegel's own events.
 */
export function validateEvent(
  register: CompiledRegister,
  event: unknown,
  activities: ReadonlyMap<string, CompiledActivity> = register.activities,
): NormalizedEvent | readonly Problem[] {
  const problems: Problem[] = [];
  if (!isRecord(event)) return [{ path: '', message: 'must be an object' }];
  checkKeys(event, problems);
  const given: Given = event;
  const activity = typeof given.activity === 'string' ? activities.get(given.activity) : undefined;
  const persons = activity ? activity.persons : register.persons;
  checkPlace(given, activity, problems);
  // Who consults the log need not be among the persons of the register.
  const acting = activities === register.builtin ? undefined : register.persons;
  if (given.actor !== undefined) {
    // That somebody of another role was refused is what an entry of a refusal is for.
    const roles = activity && given.outcome !== 'denied' ? activity.roles : register.roles;
    checkActor(given.actor, acting, roles, problems);
  }
  if (given.onBehalfOf !== undefined) {
    checkPerson(given.onBehalfOf, acting, '/onBehalfOf', problems);
  }
  checkExtras(given, problems);
  const involvement = given.action === 'search' ? 'shown' : 'target';
  const subjects =
    given.subjects === undefined ? [] : subjectList(given.subjects, persons, involvement, problems);
  const fields = fieldsOf(given.fields, register, activity, problems);
  const flags =
    given.flags === undefined ? [] : nameList(given.flags, undefined, MOST_FLAGS, '/flags', 'flag', problems);
  if (problems.length > 0 || !activity) return problems;
  // Every key has been checked above, so the event is what its type says.
  return normalize(event as unknown as AccessEvent, activity, subjects, fields, flags);
}

/** Whether {@link validateEvent} refused the event. */
export function isProblems(result: NormalizedEvent | readonly Problem[]): result is readonly Problem[] {
  return Array.isArray(result);
}

function checkKeys(event: Readonly<Record<string, unknown>>, problems: Problem[]): void {
  for (const key in event) {
    if (KEYS.has(key)) continue;
    reportUnknownKeys(event, KEYS, '', problems);
    break;
  }
  for (const key of REQUIRED) {
    if (event[key] === undefined) report(problems, '', `lacks ${quoted(key)}`);
  }
}

/** What was done, where, under which activity, with what end. */
function checkPlace(given: Given, activity: CompiledActivity | undefined, problems: Problem[]): void {
  const { action, service, operation, recipient, outcome } = given;
  if (given.activity !== undefined && !activity) {
    report(problems, '/activity', whyNotAmong(given.activity, 'activity of the register'));
  }
  if (action !== undefined && !KNOWN_ACTIONS.has(action)) {
    report(problems, '/action', `must be one of ${ACTIONS.join(', ')}`);
  } else if (activity && action !== undefined && !activity.actions.has(action as Action)) {
    report(problems, '/action', `is not among the actions of this activity`);
  }
  optional(service, isServiceName, '/service', NAME_WORDS, problems);
  optional(operation, isServiceName, '/operation', `${NAME_WORDS}; never a raw path or query`, problems);
  if (recipient !== undefined && !isAmong(recipient, activity?.recipients)) {
    report(problems, '/recipient', whyNotAmong(recipient, 'recipient of this activity'));
  }
  if (outcome !== undefined && !KNOWN_OUTCOMES.has(outcome)) {
    report(problems, '/outcome', `must be one of ${OUTCOMES.join(', ')}`);
  }
}

function fieldsOf(
  value: unknown,
  register: CompiledRegister,
  activity: CompiledActivity | undefined,
  problems: Problem[],
): readonly string[] {
  if (value === undefined) return [];
  // Under an unknown activity a field can at least be one of the register's.
  const names = activity ? activity.fields : register.fields;
  return nameList(value, names, MOST_FIELDS, '/fields', 'field of this activity', problems);
}
