import { b64, sha256, utf8 } from '../bytes.ts';
import { canonical, type JsonObject } from '../json.ts';
import { castOf, type Step } from '../maker.ts';
import { access, genesis, REGISTER, register } from '../story.ts';
import { fields, madeWrong, type Short } from './log-vector.ts';
import type { NamedVector } from './vector.ts';

const cast = castOf('register');
const ACTIVITY: JsonObject =
  (REGISTER['activities'] as Readonly<Record<string, JsonObject>>)['dashboard'] ?? {};

function under(
  name: string,
  desc: string,
  more: JsonObject,
  want: readonly Short[],
  document: JsonObject = REGISTER,
): NamedVector {
  return madeWrong(
    `chain/register-${name}`,
    desc,
    [genesis(), register(1, 1, document), access(cast, 2, more)],
    want,
  );
}

function withActivity(change: JsonObject, more: JsonObject = {}): JsonObject {
  return { ...REGISTER, ...more, activities: { dashboard: { ...ACTIVITY, ...change } } };
}

function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

const UNKNOWN: readonly Short[] = ['register-unknown@2'];

export function registerVectors(): readonly NamedVector[] {
  const person = { kind: 'employee', role: 'support' };
  const anything = withActivity({ fields: '*', actions: ['read'] }, { roles: '*', recipients: '*' });
  const open = {
    ...anything,
    activities: { dashboard: without({ ...ACTIVITY, fields: '*' }, 'recipients') },
  };
  const closed = { ...REGISTER, activities: { dashboard: without(ACTIVITY, 'recipients') } };
  const noActions = { ...REGISTER, activities: { dashboard: without(ACTIVITY, 'actions') } };
  const noRoles = without(REGISTER, 'roles');
  return [
    under(
      'member',
      'activity, fields, action, role and recipient of the register',
      { recipient: 'delivery' },
      [],
    ),
    under('activity', 'an activity that is not in the register', { activity: 'marketing@1' }, UNKNOWN),
    under(
      'activity-inherited',
      'an activity that is a name of the programming language',
      { activity: 'constructor@1' },
      UNKNOWN,
    ),
    under('field', 'a field that the activity does not have', { fields: ['email', 'phone'] }, UNKNOWN),
    under('action', 'an action that the activity does not have', { action: 'delete' }, UNKNOWN),
    under('role', 'a role that is not in the register', { actor: { ...person, role: 'engineer' } }, UNKNOWN),
    under('recipient', 'a recipient that the activity does not have', { recipient: 'police' }, UNKNOWN),
    under(
      'action-any',
      'an activity without a list of actions allows all',
      { action: 'delete' },
      [],
      noActions,
    ),
    under('fields-any', 'an activity may allow any field', { fields: ['shoe-size'] }, [], anything),
    under(
      'roles-any',
      'a register may allow any role',
      { actor: { ...person, role: 'engineer' } },
      [],
      anything,
    ),
    under('roles-none', 'a register without roles has none', {}, UNKNOWN, noRoles),
    under(
      'recipients-none',
      'an activity without a list of recipients has none',
      { recipient: 'delivery' },
      UNKNOWN,
      closed,
    ),
    under('recipients-any', 'unless the register allows any', { recipient: 'police' }, [], open),
    under(
      'recipients-own',
      'a list of the activity counts also where the register allows any',
      { recipient: 'police' },
      UNKNOWN,
      anything,
    ),
    under(
      'consultation',
      'consulting the log is no activity of the register',
      { activity: 'zegel-consultation@1', fields: ['query'], actor: { ...person, role: 'auditor' } },
      [],
    ),
    under(
      'consultation-like',
      'an activity whose name only starts like it',
      { activity: 'zegel-consultations@1' },
      UNKNOWN,
    ),
    ...documents(),
  ];
}

function documents(): readonly NamedVector[] {
  const whole = canonical(REGISTER);
  const digest = b64(sha256(utf8(whole)));
  const slice = (number: number, from: number, to?: number, of = digest): Step => {
    return fields({ part: { number, of: 2 }, document: whole.slice(from, to), digest: of })(register(1));
  };
  const ofSlice = b64(sha256(utf8(whole.slice(0, 100))));
  const made = (name: string, desc: string, steps: readonly Step[], want: readonly Short[]): NamedVector => {
    return madeWrong(`chain/register-${name}`, desc, [genesis(), ...steps], want);
  };
  const told = (text: string) => fields({ document: text, digest: b64(sha256(utf8(text))) })(register(1));
  return [
    made('split', 'a document over two entries', [slice(1, 0, 100), slice(2, 100), access(cast, 3)], []),
    made(
      'split-digest',
      'the digest is over the whole document, not over a slice',
      [slice(1, 0, 100, ofSlice), slice(2, 100, undefined, ofSlice), access(cast, 3)],
      ['malformed@2'],
    ),
    made(
      'split-within',
      'an access of a version of which only a part is there',
      [slice(1, 0, 100), access(cast, 2)],
      ['part-missing@1', 'register-version@2'],
    ),
    made(
      'digest',
      'a digest of another document',
      [fields({ digest: 'A'.repeat(43) })(register(1))],
      ['malformed@1'],
    ),
    made('not-json', 'a document that is not JSON', [told('register')], ['malformed@1']),
    made('not-register', 'a document without activities', [told('{"date":"2026-11-01"}')], ['malformed@1']),
    made(
      'not-list',
      'an activity whose fields are no list',
      [told('{"activities":{"a":{"fields":"email"}}}')],
      ['malformed@1'],
    ),
  ];
}
