// Compiled by register-types.test.ts, never run: what must type-check, and what wrong cases build upon.
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
import type { sample } from './register-sample.ts';

export type Sample = typeof sample;
export type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Builtin = typeof builtinRegister;

/** Compiles only where every claim is `true`. */
type Holds<Claims extends Readonly<Record<string, true>>> = Claims;

export type Inferred = Holds<{
  activities: Same<ActivityOf<Sample>, 'orders' | 'newsletter' | 'anything'>;
  fields: Same<FieldOf<Sample>, 'name' | 'email' | 'price'>;
  fieldsOfOne: Same<FieldOf<Sample, 'orders'>, 'name' | 'price'>;
  anyField: Same<FieldOf<Sample, 'anything'>, string>;
  persons: Same<PersonOf<Sample>, 'customer' | 'employee'>;
  roles: Same<RoleOf<Sample>, 'support' | 'planner'>;
  recipients: Same<RecipientOf<Sample>, 'delivery' | 'police'>;
  recipientsOfOne: Same<RecipientOf<Sample, 'orders'>, 'delivery'>;
  noRecipients: Same<RecipientOf<Sample, 'newsletter'>, never>;
  actions: Same<ActionOf<Sample, 'orders'>, 'read' | 'update' | 'search' | 'disclose'>;
  allActions: Same<ActionOf<Sample, 'newsletter'>, ActionOf<RegisterDocument, string>>;
  builtinActivities: Same<ActivityOf<Builtin>, 'general' | 'imported'>;
  builtinFields: Same<FieldOf<Builtin, 'general'>, string>;
  builtinRecipients: Same<RecipientOf<Builtin, 'general'>, string>;
  builtinRoles: Same<RoleOf<Builtin>, string>;
}>;

export const words = { nl: 'x', en: 'x' } as const;
export const field = { ...words, category: 'contact' } as const;
export const activity = { name: words, purpose: words, basis: 'consent', fields: ['name'] } as const;
export const base = {
  controller: { name: 'X', contact: 'x@x.example' },
  date: '2024-01-01',
  persons: ['customer'],
  roles: ['support'],
  tables: { customers: { person: 'customer', id: 'id' } },
  fields: { name: { ...field, columns: ['customers.name'] } },
  recipients: { police: { name: 'Politie', country: 'NL', role: 'authority' } },
  maximum: 'P1Y',
} as const;

export const named = defineRegister({
  ...base,
  activities: { a: { ...activity, recipients: ['police'], roles: ['support'], persons: ['customer'] } },
});

export const wild = defineRegister({
  ...base,
  persons: '*',
  roles: '*',
  recipients: '*',
  activities: { a: { ...activity, fields: '*', recipients: ['x'], roles: ['y'], persons: ['z'] } },
});

export const event = {
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
];
