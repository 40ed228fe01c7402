import { type Problem, pointerToken, quoted } from '../event/problem.ts';
import { isObject } from './checks.ts';
import { isTimeZone } from './formats.ts';
import { RECORDED, RIGHTS } from './types.ts';

/** Names that may be referred to; undefined accepts any (`*`, or a part too broken to tell). */
type Names = ReadonlySet<string> | undefined;

interface Known {
  readonly persons: Names;
  readonly roles: Names;
  readonly recipients: Names;
  readonly fields: Names;
  readonly tables: Names;
  readonly events: Names;
}

/** A reference found in a document, whatever the shape of the rest. */
type Refer = (value: unknown, known: Names, what: string, path: string) => void;

/**
 * Everything in a document that leads nowhere: names that the register does not have, a time zone
 * that does not exist. Parts of a wrong shape are passed over; the shape has its own check.
 */
export function referenceProblems(json: unknown): Problem[] {
  const problems: Problem[] = [];
  const document = isObject(json) ? json : {};
  const known = knownNames(document);
  const zone = document['timezone'];
  if (typeof zone === 'string' && !isTimeZone(zone)) {
    problems.push({ path: '/timezone', message: 'is not a time zone known here' });
  }
  const refer: Refer = (value, names, what, path) => {
    if (typeof value !== 'string' || !names || names.has(value)) return;
    problems.push({ path, message: `names no ${what} of the register: ${quoted(value)}` });
  };
  referInTables(document, known, refer);
  for (const [key, activity] of members(document['activities'])) {
    referInActivity(`/activities/${pointerToken(key)}`, activity, known, refer);
  }
  referInTerms('/actors/retention', part(document['actors'], 'retention'), known, refer);
  return problems;
}

function knownNames(document: Readonly<Record<string, unknown>>): Known {
  const { persons, roles, recipients, fields, tables, events } = document;
  return {
    persons: Array.isArray(persons) ? new Set(persons) : undefined,
    roles: Array.isArray(roles) ? new Set(roles) : undefined,
    recipients: keysOf(recipients),
    fields: keysOf(fields),
    tables: tables === undefined ? new Set() : keysOf(tables),
    events: isObject(events) ? new Set([RECORDED, ...RIGHTS, ...Object.keys(events)]) : undefined,
  };
}

function referInTables(document: Readonly<Record<string, unknown>>, known: Known, refer: Refer): void {
  for (const [key, table] of members(document['tables'])) {
    refer(part(table, 'person'), known.persons, 'type of person', `/tables/${pointerToken(key)}/person`);
  }
  for (const [key, field] of members(document['fields'])) {
    for (const [at, column] of items(part(field, 'columns'))) {
      const table = typeof column === 'string' ? column.slice(0, column.lastIndexOf('.')) : undefined;
      refer(table, known.tables, 'table', `/fields/${pointerToken(key)}/columns/${at}`);
    }
  }
}

function referInActivity(path: string, activity: unknown, known: Known, refer: Refer): void {
  const lists = [
    ['fields', known.fields, 'field'],
    ['persons', known.persons, 'type of person'],
    ['recipients', known.recipients, 'recipient'],
    ['roles', known.roles, 'role'],
  ] as const;
  for (const [key, names, what] of lists) {
    for (const [at, name] of items(part(activity, key))) refer(name, names, what, `${path}/${key}/${at}`);
  }
  referInTerms(`${path}/retention`, part(activity, 'retention'), known, refer);
}

function referInTerms(path: string, terms: unknown, known: Known, refer: Refer): void {
  for (const [at, term] of items(terms)) {
    refer(part(term, 'after'), known.events, 'event', `${path}/${at}/after`);
    refer(part(term, 'until'), known.events, 'event', `${path}/${at}/until`);
  }
}

function keysOf(value: unknown): Names {
  return isObject(value) ? new Set(Object.keys(value)) : undefined;
}

function members(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

function items(value: unknown): [number, unknown][] {
  return Array.isArray(value) ? [...value.entries()] : [];
}

function part(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
