import { ACTIONS, type Action, CONSULTATION_ACTIVITY } from '@zegel/core';
import type { Policy, RegisterActivity, RegisterDocument, Retention } from './types.ts';

/** Days are counted in this time zone unless a register names another. */
const DEFAULT_TIME_ZONE = 'Europe/Amsterdam';

/** An activity ready for checks in constant time. An undefined set accepts any well-formed key. */
export interface CompiledActivity {
  readonly key: string;
  /** `key@version`, as an entry names it (format v1 §1). */
  readonly reference: string;
  readonly fields: ReadonlySet<string> | undefined;
  readonly actions: ReadonlySet<Action>;
  readonly persons: ReadonlySet<string> | undefined;
  readonly roles: ReadonlySet<string> | undefined;
  readonly recipients: ReadonlySet<string> | undefined;
  /** What an operation is called when the caller gives it no name: `<activity>.<action>`, within 64 characters. */
  readonly operations: Readonly<Record<Action, string>>;
  readonly retention: readonly Retention[];
  readonly policy: Policy;
  readonly values: boolean;
}

/** One version of a register, ready for use on the hot path. */
export interface CompiledRegister<R extends RegisterDocument = RegisterDocument> {
  readonly document: R;
  /** Counts the register entries of the log from 1. */
  readonly version: number;
  readonly timeZone: string;
  readonly persons: ReadonlySet<string> | undefined;
  readonly roles: ReadonlySet<string> | undefined;
  /** Fields that some activity may name. */
  readonly fields: ReadonlySet<string> | undefined;
  readonly activities: ReadonlyMap<string, CompiledActivity>;
  /** Activities of Zegel itself, in no document and open to no caller: `zegel-consultation`. */
  readonly builtin: ReadonlyMap<string, CompiledActivity>;
}

const LONGEST_OPERATION = 64;

const cache = new WeakMap<RegisterDocument, Map<number, CompiledRegister>>();

/**
 * Compiles a checked document as version `version` of a log's register. The same document and
 * version give the same object again.
 */
export function compileRegister<R extends RegisterDocument>(
  document: R,
  version: number,
): CompiledRegister<R> {
  const versions = cache.get(document) ?? new Map<number, CompiledRegister>();
  cache.set(document, versions);
  const compiled = versions.get(version) ?? compile(document, version);
  versions.set(version, compiled);
  return compiled as CompiledRegister<R>;
}

function compile(document: RegisterDocument, version: number): CompiledRegister {
  const activities = new Map<string, CompiledActivity>();
  for (const [key, activity] of Object.entries(document.activities)) {
    activities.set(key, compileActivity(document, key, activity, version));
  }
  return Object.freeze({
    document,
    version,
    timeZone: document.timezone ?? DEFAULT_TIME_ZONE,
    persons: setOf(document.persons),
    roles: setOf(document.roles),
    fields: [...activities.values()].some(({ fields }) => fields === undefined)
      ? undefined
      : new Set(Object.keys(document.fields)),
    activities,
    builtin: new Map([[CONSULTATION_ACTIVITY, consultation(version)]]),
  });
}

function compileActivity(
  document: RegisterDocument,
  key: string,
  activity: RegisterActivity,
  version: number,
): CompiledActivity {
  const anyone = document.recipients === '*' && activity.recipients === undefined;
  return Object.freeze({
    key,
    reference: `${key}@${version}`,
    fields: setOf(activity.fields),
    actions: new Set(activity.actions ?? ACTIONS),
    persons: setOf(activity.persons ?? document.persons),
    roles: setOf(activity.roles ?? document.roles),
    recipients: anyone ? undefined : new Set(activity.recipients),
    operations: operationsOf(key),
    retention: activity.retention ?? [],
    policy: activity.policy ?? 'strict',
    values: activity.values ?? false,
  });
}

/** Reading the log is itself processing; it may concern any person and field the log knows. */
function consultation(version: number): CompiledActivity {
  return Object.freeze({
    key: CONSULTATION_ACTIVITY,
    reference: `${CONSULTATION_ACTIVITY}@${version}`,
    fields: undefined,
    actions: new Set(ACTIONS),
    persons: undefined,
    roles: undefined,
    recipients: undefined,
    operations: operationsOf(CONSULTATION_ACTIVITY),
    retention: [],
    policy: 'strict',
    values: false,
  });
}

function operationsOf(key: string): Readonly<Record<Action, string>> {
  const names = ACTIONS.map((action) => {
    return [action, `${key.slice(0, LONGEST_OPERATION - action.length - 1)}.${action}`];
  });
  return Object.freeze(Object.fromEntries(names) as Record<Action, string>);
}

function setOf(keys: readonly string[] | '*'): ReadonlySet<string> | undefined {
  return keys === '*' ? undefined : new Set(keys);
}
