import type { Action } from '@zegel/core';

/** Grounds of GDPR art. 6(1), in the order of its letters a to f. */
export const BASES = [
  'consent',
  'contract',
  'legal-obligation',
  'vital-interest',
  'public-task',
  'legitimate-interest',
] as const;
export type Basis = (typeof BASES)[number];

/** What a recipient is to the controller (GDPR art. 4(7) to (9), art. 26). */
export const RECIPIENT_ROLES = ['processor', 'controller', 'joint-controller', 'authority'] as const;
export type RecipientRole = (typeof RECIPIENT_ROLES)[number];

/** `strict`: no log, no act. `available`: the act goes on and the gap is counted and chained. */
export const POLICIES = ['strict', 'available'] as const;
export type Policy = (typeof POLICIES)[number];

/** Rights of data subjects that any register knows as events, named or not (GDPR art. 7(3), 15 to 21, 77). */
export const RIGHTS = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection',
  'consent-withdrawn',
  'complaint',
] as const;
export type Right = (typeof RIGHTS)[number];

/** The start of a term that is there for every entry: the moment it was recorded. */
export const RECORDED = 'recorded';

/** A text in both languages of the viewer. */
export interface Words {
  readonly nl: string;
  readonly en: string;
}

/**
 * One retention term. `after`: `period` (ISO 8601, in years, months, weeks and days) counts from
 * the event, and `then` adds a second period to the first. `until`: the term ends at the event.
 */
export type Retention =
  | { readonly after: string; readonly period: string; readonly then?: string }
  | { readonly until: string };

/** A table of the service's own database: the column `id` holds a person of the type `person`. */
export interface RegisterTable {
  readonly person: string;
  readonly id: string;
}

/** A field of personal data. `columns` are `table.column`, for capture at the data layer. */
export interface RegisterField extends Words {
  readonly category: string;
  readonly columns?: readonly string[];
}

/** Someone outside who is given data. `country` is ISO 3166-1 alpha-2. */
export interface RegisterRecipient {
  readonly name: string;
  readonly country: string;
  readonly role: RecipientRole;
}

/** One processing activity (GDPR art. 30(1)). */
export interface RegisterActivity {
  readonly name: Words;
  readonly purpose: Words;
  readonly basis: Basis;
  /** Keys of `fields`, or `*` for any key, also one that the register does not describe. */
  readonly fields: readonly string[] | '*';
  /** Left out: all. */
  readonly actions?: readonly Action[];
  /** Types of persons whose data it concerns. Left out: all of the register's. */
  readonly persons?: readonly string[];
  /** Who may be given data. Left out: nobody, or anyone where the register's recipients are `*`. */
  readonly recipients?: readonly string[];
  /** Roles of actors. Left out: all of the register's. */
  readonly roles?: readonly string[];
  /**
   * Left out: only the register's `maximum` applies. Of several terms the one that ends last
   * counts, among those whose event has happened; at least one must have.
   */
  readonly retention?: readonly Retention[];
  /** Default `strict`. */
  readonly policy?: Policy;
  /** Whether old and new values may be sealed with a change. Default false. */
  readonly values?: boolean;
}

/** A register of processing activities, as kept in JSON. `schema/register.schema.json` describes the same. */
export interface RegisterDocument {
  readonly controller: { readonly name: string; readonly contact: string };
  /** `YYYY-MM-DD`; a later version has a later date. */
  readonly date: string;
  /** IANA time zone in which days are counted. Default `Europe/Amsterdam`. */
  readonly timezone?: string;
  /** Types of persons, or `*` for any. */
  readonly persons: readonly string[] | '*';
  /** Roles of actors, or `*` for any key. */
  readonly roles: readonly string[] | '*';
  readonly tables?: { readonly [table: string]: RegisterTable };
  readonly fields: { readonly [field: string]: RegisterField };
  readonly recipients: { readonly [recipient: string]: RegisterRecipient } | '*';
  /** Words for the events that start or end terms and for rights. Where given, terms may name no others. */
  readonly events?: { readonly [event: string]: Words };
  readonly activities: { readonly [activity: string]: RegisterActivity };
  /** Terms of actors' handles, which are scoped by month. Left out: `maximum`. */
  readonly actors?: { readonly retention: readonly Retention[] };
  /** ISO 8601 period after which everything goes, whatever terms are still open. */
  readonly maximum: string;
}
