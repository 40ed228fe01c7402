import { at, type Fields } from '../json.ts';
import type { Problems } from '../outcome.ts';

const ONLY_R4 = ['type', 'subtype', 'outcomeDesc', 'purposeOfEvent', 'period'];
const ONLY_R5 = [
  'category',
  'code',
  'severity',
  'occurredPeriod',
  'occurredDateTime',
  'authorization',
  'basedOn',
  'patient',
  'encounter',
];
// Where STU3 and DSTU2 kept what R4 moved to `who` and `what`: read as R4, they would lose their persons.
const OLDER_AGENT = ['userId', 'reference'];
const OLDER_ENTITY = ['identifier', 'reference'];
const OLDER_EVENT = ['event', 'participant', 'object'];

/** Tells R4/R4B from R5 by the keys that only one of them has; neither, both or an older release is a problem. */
export function versionOf(record: Fields, problems: Problems): 'R4' | 'R5' | undefined {
  if (isOlder(record)) {
    problems.push('an AuditEvent of a FHIR release before R4');
    return undefined;
  }
  const four = has(record, ONLY_R4) || typeof at(record, 'outcome') === 'string';
  const five = has(record, ONLY_R5) || typeof at(record, 'outcome', 'code') === 'object';
  if (four === five) {
    problems.push(four ? 'mixes keys of R4 and R5' : 'neither type (R4) nor code (R5) says what happened');
    return undefined;
  }
  return four ? 'R4' : 'R5';
}

function isOlder(record: Fields): boolean {
  if (has(record, OLDER_EVENT)) return true;
  return anyHas(at(record, 'agent'), OLDER_AGENT) || anyHas(at(record, 'entity'), OLDER_ENTITY);
}

function anyHas(list: unknown, keys: readonly string[]): boolean {
  return Array.isArray(list) && list.some((item: unknown) => has(item, keys));
}

function has(value: unknown, keys: readonly string[]): boolean {
  return keys.some((key) => at(value, key) !== undefined);
}
