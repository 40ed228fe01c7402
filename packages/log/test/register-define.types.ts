// Compiled, never run, by register-types.test.ts: what must and what must not type-check.

import type { builtinRegister } from '../src/register/builtin.ts';
import { defineRegister } from '../src/register/define.ts';
import type {
  AccessEventOf,
  ActionOf,
  ActivityOf,
  FieldOf,
  PersonOf,
  RecipientOf,
  RoleOf,
} from '../src/register/infer.ts';
import type { RegisterDocument } from '../src/register/types.ts';
import { sample } from './register-sample.ts';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
function holds<_Claim extends true>(): void {}

type Sample = typeof sample;
holds<Same<ActivityOf<Sample>, 'orders' | 'newsletter' | 'anything'>>();
holds<Same<FieldOf<Sample>, 'name' | 'email' | 'price'>>();
holds<Same<FieldOf<Sample, 'orders'>, 'name' | 'price'>>();
holds<Same<FieldOf<Sample, 'anything'>, string>>();
holds<Same<PersonOf<Sample>, 'customer' | 'employee'>>();
holds<Same<RoleOf<Sample>, 'support' | 'planner'>>();
holds<Same<RecipientOf<Sample>, 'delivery' | 'police'>>();
holds<Same<RecipientOf<Sample, 'orders'>, 'delivery'>>();
holds<Same<RecipientOf<Sample, 'newsletter'>, never>>();
holds<Same<ActionOf<Sample, 'orders'>, 'read' | 'update' | 'search' | 'disclose'>>();
holds<Same<ActionOf<Sample, 'newsletter'>, ActionOf<RegisterDocument, string>>>();
type Builtin = typeof builtinRegister;
holds<Same<ActivityOf<Builtin>, 'general' | 'imported'>>();
holds<Same<FieldOf<Builtin, 'general'>, string>>();
holds<Same<RecipientOf<Builtin, 'general'>, string>>();
holds<Same<RoleOf<Builtin>, string>>();
// @ts-expect-error the claim does not hold, so that `holds` is seen to bite
holds<Same<RoleOf<Sample>, 'support'>>();

const base = {
  controller: { name: 'X', contact: 'x@x.example' },
  date: '2024-01-01',
  persons: ['customer'],
  roles: ['support'],
  tables: { customers: { person: 'customer', id: 'id' } },
  fields: { name: { nl: 'naam', en: 'name', category: 'contact', columns: ['customers.name'] } },
  recipients: { police: { name: 'Politie', country: 'NL', role: 'authority' } },
  maximum: 'P1Y',
} as const;
const words = { nl: 'x', en: 'x' } as const;
const activity = { name: words, purpose: words, basis: 'consent', fields: ['name'] } as const;

export const good = defineRegister({
  ...base,
  activities: { a: { ...activity, recipients: ['police'], roles: ['support'], persons: ['customer'] } },
});

// @ts-expect-error an unknown field in an activity
defineRegister({ ...base, activities: { a: { ...activity, fields: ['nmae'] } } });
// @ts-expect-error an unknown recipient
defineRegister({ ...base, activities: { a: { ...activity, recipients: ['postman'] } } });
// @ts-expect-error an unknown role
defineRegister({ ...base, activities: { a: { ...activity, roles: ['boss'] } } });
// @ts-expect-error an unknown type of person
defineRegister({ ...base, activities: { a: { ...activity, persons: ['visitor'] } } });
// @ts-expect-error an unknown action
defineRegister({ ...base, activities: { a: { ...activity, actions: ['peek'] } } });
// @ts-expect-error an unknown basis
defineRegister({ ...base, activities: { a: { ...activity, basis: 'because' } } });
// @ts-expect-error an unknown key in an activity
defineRegister({ ...base, activities: { a: { ...activity, retain: [] } } });
// @ts-expect-error an unknown key in the document
defineRegister({ ...base, colour: 'blue', activities: { a: activity } });
// @ts-expect-error a missing key
defineRegister({ ...base, activities: { a: { name: words, purpose: words, fields: ['name'] } } });
defineRegister({
  ...base,
  // @ts-expect-error a table of an unknown person
  tables: { customers: { person: 'plant', id: 'id' } },
  activities: { a: activity },
});
defineRegister({
  ...base,
  // @ts-expect-error a column of an unknown table
  fields: { name: { ...words, category: 'contact', columns: ['suppliers.name'] } },
  activities: { a: activity },
});
defineRegister({
  ...base,
  // @ts-expect-error an unknown key in a field
  fields: { name: { ...words, category: 'contact', secret: true } },
  activities: { a: activity },
});
// With wildcards any name goes.
defineRegister({
  ...base,
  persons: '*',
  roles: '*',
  recipients: '*',
  activities: { a: { ...activity, fields: '*', recipients: ['x'], roles: ['y'], persons: ['z'] } },
});

const event = {
  action: 'read',
  activity: 'orders',
  actor: { kind: 'employee', id: 'e-1', role: 'support' },
  subjects: [{ type: 'customer', id: 'c-1' }],
  fields: ['name'],
  service: 'shop',
} as const;
export const events: readonly AccessEventOf<Sample>[] = [
  event,
  { ...event, recipient: 'delivery' },
  { ...event, activity: 'anything', fields: ['whatever'] },
  // @ts-expect-error no such activity
  { ...event, activity: 'order' },
  // @ts-expect-error a field of another activity
  { ...event, fields: ['email'] },
  // @ts-expect-error a recipient of no activity here
  { ...event, recipient: 'police' },
  // @ts-expect-error an action that this activity does not have
  { ...event, action: 'export' },
  // @ts-expect-error a role of another activity
  { ...event, actor: { kind: 'employee', id: 'e-1', role: 'planner' } },
  // @ts-expect-error a person of another activity
  { ...event, subjects: [{ type: 'employee', id: 'e-1' }] },
];
