import { isObject } from '../entry/object-check.ts';

/** A list of register keys, or `*` for any. */
export type Keys = readonly string[] | '*';

/** What one activity allows. */
export interface ActivityScope {
  readonly fields: Keys;
  /** `*` when the register does not say. */
  readonly actions: Keys;
  readonly recipients: Keys;
}

/** What verification needs of one version of the register. Plain data. */
export interface RegisterScope {
  readonly activities: ReadonlyMap<string, ActivityScope>;
  readonly roles: Keys;
}

/**
 * Reads from a register document what verification compares accesses with; undefined when the
 * text is no register. Other keys are left to the writer, which checks documents by their schema.
 */
export function parseRegisterScope(documentText: string): RegisterScope | undefined {
  const document = parse(documentText);
  if (!isObject(document) || !isObject(document['activities'])) return undefined;
  // A map: activities are named by whoever writes the register, and "constructor" is a good name.
  const activities = new Map<string, ActivityScope>();
  for (const [key, activity] of Object.entries(document['activities'])) {
    const scope = activityScope(activity, document['recipients'] === '*');
    if (scope === undefined) return undefined;
    activities.set(key, scope);
  }
  const roles = keysOf(document['roles'], []);
  return roles === undefined ? undefined : { activities, roles };
}

function activityScope(activity: unknown, anyRecipient: boolean): ActivityScope | undefined {
  if (!isObject(activity)) return undefined;
  const fields = keysOf(activity['fields'], []);
  const actions = keysOf(activity['actions'], '*');
  // An activity that names no recipients has none, unless the register leaves recipients open.
  const recipients = keysOf(activity['recipients'], anyRecipient ? '*' : []);
  if (fields === undefined || actions === undefined || recipients === undefined) return undefined;
  return { fields, actions, recipients };
}

function keysOf(value: unknown, absent: Keys): Keys | undefined {
  if (value === undefined) return absent;
  if (value === '*') return '*';
  return Array.isArray(value) && value.every((key) => typeof key === 'string') ? value : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether the list allows the key. */
export function allows(keys: Keys, key: string): boolean {
  return keys === '*' || keys.includes(key);
}
