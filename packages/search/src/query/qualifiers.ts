import type { QueryReason } from './query-reason.ts';

/** How the values of a qualifier are written. */
export type Grammar =
  | { readonly kind: 'set'; readonly members: readonly string[] }
  | { readonly kind: 'pattern'; readonly pattern: RegExp; readonly reason: QueryReason }
  | { readonly kind: 'person'; readonly alone: readonly string[] }
  | { readonly kind: 'day' | 'time' | 'index' | 'uuid' | 'token' };

/** The kinds of entries of format v1 §1. */
const KINDS: readonly string[] = [
  ...['genesis', 'access', 'register', 'lifecycle', 'correction', 'erasure', 'retention', 'hold'],
  ...['confidentiality', 'review', 'gap', 'heartbeat', 'key', 'clock'],
];
const ACTIONS: readonly string[] = [
  ...['read', 'search', 'create', 'update', 'delete', 'export', 'disclose', 'execute'],
];
/** Kinds of actors; `actor:system` asks for one of these rather than for a person. */
export const ACTOR_KINDS: readonly string[] = ['employee', 'customer', 'system', 'anonymous'];

const KEY: Grammar = {
  kind: 'pattern',
  pattern: /^[a-z][a-z0-9-]{0,63}$/,
  reason: 'value-not-key',
};
const NAME: Grammar = {
  kind: 'pattern',
  pattern: /^[a-z0-9][a-z0-9._-]{0,63}$/,
  reason: 'value-not-name',
};
const set = (members: readonly string[]): Grammar => ({ kind: 'set', members });

/** Every qualifier of the language and the grammar of its values. */
export const QUALIFIERS: ReadonlyMap<string, Grammar> = new Map<string, Grammar>([
  ['actor', { kind: 'person', alone: ACTOR_KINDS }],
  ['subject', { kind: 'person', alone: [] }],
  ['onbehalfof', { kind: 'person', alone: [] }],
  ['action', set(ACTIONS)],
  ['kind', set(KINDS)],
  ['outcome', set(['begun', 'success', 'denied', 'error'])],
  ['involvement', set(['target', 'shown', 'related'])],
  ['class', set(['human', 'automated'])],
  ['activity', KEY],
  ['field', KEY],
  ['recipient', KEY],
  ['role', KEY],
  ['flag', KEY],
  ['operation', NAME],
  ['service', NAME],
  ['on', { kind: 'day' }],
  ['after', { kind: 'time' }],
  ['before', { kind: 'time' }],
  ['index', { kind: 'index' }],
  ['id', { kind: 'uuid' }],
  ['trace', { kind: 'token' }],
]);
