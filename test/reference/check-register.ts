import { b64, sha256, utf8 } from './bytes.ts';
import { splitEvents } from './check-parts.ts';
import { isObject, type Json, type JsonObject, parseJson } from './json.ts';
import { type Found, type Item, memberOf, numberOf, stringsOf, textOf } from './log-file.ts';

interface Version {
  /** Index of its last entry. */
  readonly at: number;
  readonly number: number;
  readonly digest: string;
  readonly text: string;
}

/** The register versions of a log: each a whole event of kind `register`. */
function versionsOf(items: readonly Item[]): readonly Version[] {
  const whole = splitEvents(items).filter(({ isWhole }) => isWhole);
  const runs = whole.map(({ parts }) => parts.map(({ at, entry }) => ({ at, entry })));
  for (const { at, entry } of items)
    if (entry !== undefined && entry['part'] === undefined) runs.push([{ at, entry }]);
  return runs
    .filter(([first]) => first?.entry['kind'] === 'register')
    .map((run) => ({
      at: run.at(-1)?.at ?? 0,
      number: numberOf(run.at(-1)?.entry['version']),
      digest: textOf(run.at(-1)?.entry['digest']),
      text: run.map(({ entry }) => textOf(entry['document'])).join(''),
    }))
    .sort((a, b) => a.at - b.at);
}

export function checkRegisters(items: readonly Item[]): readonly Found[] {
  const found: Found[] = [];
  const versions = versionsOf(items);
  versions.forEach(({ at, number, digest, text }, i) => {
    if (number !== i + 1) found.push({ code: 'register-version', index: at });
    if (b64(sha256(utf8(text))) !== digest) found.push({ code: 'malformed', index: at });
    if (scopeOf(text) === undefined) found.push({ code: 'malformed', index: at });
  });
  const scopes = versions.map(({ at, text }) => ({ at, scope: scopeOf(text) }));
  for (const { at, entry } of items)
    if (entry?.['kind'] === 'access') found.push(...checkAccess(entry, at, scopes));
  return found;
}

/** Names allowed: a list, or `*` for any. */
type Names = readonly string[] | '*';

interface Scope {
  readonly roles: Names;
  readonly activities: ReadonlyMap<
    string,
    { readonly fields: Names; readonly actions: Names; readonly recipients: Names }
  >;
}

// What verification needs of a register document; undefined when that is not there.
function scopeOf(text: string): Scope | undefined {
  const document = tryJson(text);
  const activities = memberOf(document, 'activities');
  if (document === undefined || activities === undefined) return undefined;
  const roles = namesOf(document['roles'], []);
  const scopes = Object.entries(activities).map(([key, activity]) => {
    const fields = isObject(activity) ? namesOf(activity['fields'], []) : undefined;
    const actions = isObject(activity) ? namesOf(activity['actions'], '*') : undefined;
    const open = document['recipients'] === '*' ? '*' : [];
    const recipients = isObject(activity) ? namesOf(activity['recipients'], open) : undefined;
    const known = fields !== undefined && actions !== undefined && recipients !== undefined;
    return known ? ([key, { fields, actions, recipients }] as const) : undefined;
  });
  const whole = scopes.filter((scope) => scope !== undefined);
  if (roles === undefined || whole.length < scopes.length) return undefined;
  return { roles, activities: new Map(whole) };
}

function tryJson(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function namesOf(value: Json | undefined, absent: Names): Names | undefined {
  if (value === undefined) return absent;
  if (value === '*') return '*';
  return Array.isArray(value) && value.every((one: Json) => typeof one === 'string')
    ? stringsOf(value)
    : undefined;
}

function allows(names: Names, name: string): boolean {
  return names === '*' || names.includes(name);
}

function checkAccess(
  entry: JsonObject,
  at: number,
  versions: readonly { readonly at: number; readonly scope: Scope | undefined }[],
): readonly Found[] {
  const [key = '', version = ''] = textOf(entry['activity']).split('@');
  if (key === 'zegel-consultation') return [];
  const below = versions.filter((one) => one.at < at);
  if (Number(version) > below.length) return [{ code: 'register-version', index: at }];
  const old = Number(version) < below.length ? [{ code: 'register-superseded', index: at }] : [];
  const scope = below[Number(version) - 1]?.scope;
  if (scope === undefined) return old;
  const activity = scope.activities.get(key);
  const { role } = memberOf(entry, 'actor') ?? {};
  const { recipient } = entry;
  const isKnown =
    activity !== undefined &&
    allows(activity.actions, textOf(entry['action'])) &&
    stringsOf(entry['fields']).every((field) => allows(activity.fields, field)) &&
    (role === undefined || allows(scope.roles, textOf(role))) &&
    (recipient === undefined || allows(activity.recipients, textOf(recipient)));
  return isKnown ? old : [...old, { code: 'register-unknown', index: at }];
}
