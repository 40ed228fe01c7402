import { b64, sha256, utf8 } from './bytes.ts';
import { canonical, type JsonObject } from './json.ts';
import { type Cast, castOf, idAt, mention, ORIGIN, type Step, sealed, signerOf, timeAt } from './maker.ts';

/** The register of the vectors. */
export const REGISTER: JsonObject = {
  controller: { name: 'Voorbeeld B.V.', contact: 'privacy@voorbeeld.example' },
  date: '2026-11-01',
  persons: ['customer', 'employee'],
  roles: ['support', 'planner'],
  fields: {
    email: { nl: 'e-mailadres', en: 'e-mail address', category: 'contact' },
    name: { nl: 'naam', en: 'name', category: 'contact' },
  },
  recipients: { delivery: { name: 'Bezorgdienst', country: 'NL', role: 'processor' } },
  activities: {
    dashboard: {
      name: { nl: 'Toegang dashboard', en: 'Dashboard access' },
      purpose: { nl: 'Klanten helpen', en: 'Helping customers' },
      basis: 'contract',
      fields: ['email', 'name'],
      actions: ['read', 'search', 'update', 'disclose'],
      recipients: ['delivery'],
      retention: [{ after: 'service-ended', period: 'P6M' }],
    },
  },
  maximum: 'P10Y',
};

/** What all steps at an index share. */
export function common(kind: string, index: number): JsonObject {
  return { v: 1, kind, id: idAt(index).text, occurred: timeAt(index) };
}

export function genesis(): Step {
  return { fields: { ...common('genesis', 0), origin: ORIGIN, vkey: signerOf('log').vkey } };
}

export function register(index: number, version = 1, document: JsonObject = REGISTER): Step {
  const text = canonical(document);
  const date = typeof document['date'] === 'string' ? document['date'] : '2026-11-01';
  return {
    fields: { ...common('register', index), version, date, digest: b64(sha256(utf8(text))), document: text },
  };
}

/** A customer's data read by an employee; `more` replaces or adds fields. */
export function access(cast: Cast, index: number, more: JsonObject = {}): Step {
  const id = idAt(index);
  const fields = {
    ...common('access', index),
    action: 'read',
    activity: 'dashboard@1',
    actor: { kind: 'employee', person: mention(cast, cast.employee, id, 0), role: 'support' },
    fields: ['email', 'name'],
    operation: 'customer.show',
    outcome: 'success',
    service: 'dashboard',
    subjectCount: 1,
    subjects: [{ involvement: 'target', ...mention(cast, cast.customer, id, 2) }],
    ...more,
  };
  return { fields };
}

/** An access that seals the origin for its actor and a reason for its subject. */
function sealingAccess(cast: Cast, index: number): Step {
  const id = idAt(index);
  const origin = sealed(id, { part: 'origin', position: 0 }, [[0, cast.employee]], { ip: '192.0.2.7' });
  const about = { part: 'reason', position: 1 };
  const reason = sealed(id, about, [[2, cast.customer]], { reason: 'Caller asked about order 881' });
  return access(cast, index, { sealed: [origin, reason], source: { id: 'web-1', seq: 1 } });
}

/** One event about two subjects in two parts, at `index` and the one after it. */
export function splitAccess(cast: Cast, index: number): readonly [Step, Step] {
  const id = idAt(index);
  const people = [cast.customer, cast.other];
  const part = (number: 1 | 2): Step => {
    const handle = people[number - 1] ?? cast.customer;
    const subject = { involvement: 'shown', ...mention(cast, handle, id, number + 1) };
    const fields = { part: { number, of: 2 }, subjectCount: 2, subjects: [subject], action: 'search' };
    return access(cast, index, { ...fields, operation: 'customer.search' });
  };
  return [part(1), part(2)];
}

export function lifecycle(cast: Cast, index: number): Step {
  const subject = { involvement: 'target', ...mention(cast, cast.customer, idAt(index), 2) };
  const about = { activity: 'dashboard', event: 'service-ended', subjectCount: 1, subjects: [subject] };
  return { fields: { ...common('lifecycle', index), ...about } };
}

export function heartbeat(index: number): Step {
  return { fields: { ...common('heartbeat', index), next: timeAt(index + 3600) } };
}

/**
 * The log that most vectors change in one respect: genesis, register, an access with sealed parts, one without
 * persons, a split one, a lifecycle fact, a heartbeat, a disclosure.
 */
export function story(cast: Cast = castOf('story')): readonly Step[] {
  const nobody = { actor: { kind: 'system' }, subjectCount: 0, subjects: [], operation: 'report.run' };
  return [
    genesis(),
    register(1),
    sealingAccess(cast, 2),
    access(cast, 3, { ...nobody, action: 'search', source: { id: 'web-1', seq: 2 } }),
    ...splitAccess(cast, 4),
    lifecycle(cast, 6),
    heartbeat(7),
    access(cast, 8, { action: 'disclose', recipient: 'delivery', source: { id: 'web-1', seq: 3 } }),
  ];
}

/** Sizes at which the story's log was signed. */
export const SIGNED: readonly number[] = [2, 6, 9];
