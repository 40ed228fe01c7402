/** Every kind of entry (format v1 §1). */
export const ENTRY_KINDS = [
  'genesis',
  'access',
  'register',
  'lifecycle',
  'correction',
  'erasure',
  'retention',
  'hold',
  'confidentiality',
  'review',
  'gap',
  'heartbeat',
  'key',
  'clock',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What an access did (format v1 §1 `action`). */
export const ACTIONS = [
  'read',
  'search',
  'create',
  'update',
  'delete',
  'export',
  'disclose',
  'execute',
] as const;
export type Action = (typeof ACTIONS)[number];

/** How an access ended, or that it is about to begin (format v1 §1 `outcome`). */
export const OUTCOMES = ['begun', 'success', 'denied', 'error'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Who acted (format v1 §1 `actor.kind`). */
export const ACTOR_KINDS = ['employee', 'customer', 'system', 'anonymous'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** How a subject was involved (format v1 §1 `subjects[].involvement`). */
export const INVOLVEMENTS = ['target', 'shown', 'related'] as const;
export type Involvement = (typeof INVOLVEMENTS)[number];

/** Most bytes of one entry, counting `index` and `control.index` as 16 digits (format v1 §1, C2SP tlog-tiles bundle). */
export const MAX_ENTRY_BYTES = 65_535;

/** Key of the built-in activity under which consultations of the log are logged. */
export const CONSULTATION_ACTIVITY = 'zegel-consultation';
