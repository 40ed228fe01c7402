import type { AccessEvent } from '@zegel/log';
import { isId, personType, registerKey } from '../names.ts';
import type { Problems } from '../outcome.ts';
import { codesOf, ENTITY_TYPE, OBJECT_ROLE, RESOURCE_TYPES } from './coding.ts';
import { type Named, named } from './reference.ts';
import type { AuditView, EntityView } from './view.ts';

type Subject = AccessEvent['subjects'][number];

const PERSON_TYPE = '1';
const PATIENT_ROLE = '1';
const PERSONS = ['Patient', 'Person', 'RelatedPerson', 'Practitioner', 'PractitionerRole'];

/**
 * Whose data it was: R5 `patient`, and every entity that is a person by type (1), by role (1, patient)
 * or by pointing to a Patient. A person whom the record does not identify is a problem, since leaving
 * one out would say that nobody was concerned.
 */
export function subjectsOf(view: AuditView, problems: Problems): readonly Subject[] {
  const subjects = new Map<string, Subject>();
  const add = (one: Subject): void => {
    const key = JSON.stringify([one.type, one.id]);
    if (!subjects.has(key)) subjects.set(key, one);
  };
  if (view.patient !== undefined)
    add(subject(named(view.patient, view.contained), true, 'patient', problems));
  for (const [position, entity] of view.entities.entries()) {
    const name = named(entity.what, view.contained);
    if (!isPerson(entity, name)) continue;
    const who = name ?? (entity.name === undefined ? undefined : byName(entity.name));
    add(subject(who, isPatient(entity, who), `entity ${position + 1}`, problems));
  }
  return [...subjects.values()];
}

/** Resource types of what else was touched, as keys of fields: what the entities are called, and no more. */
export function fieldsOf(view: AuditView): readonly string[] {
  const keys = view.entities
    .filter((entity) => !isNamedPerson(entity))
    .flatMap((entity) => [
      // The code system of resource types says it; a code without a system would be a guess.
      ...entity.types.filter((one) => one.system === RESOURCE_TYPES).map((one) => one.code),
      named(entity.what, view.contained)?.type,
    ])
    .map((type) => (type === undefined ? undefined : registerKey(type)))
    .filter((key) => key !== undefined);
  return [...new Set(keys)].sort();
}

function isNamedPerson(entity: EntityView): boolean {
  return (
    codesOf(entity.types, ENTITY_TYPE).includes(PERSON_TYPE) ||
    codesOf(entity.roles, OBJECT_ROLE).includes(PATIENT_ROLE)
  );
}

function isPerson(entity: EntityView, name: Named | undefined): boolean {
  return isNamedPerson(entity) || name?.type === 'Patient';
}

function isPatient(entity: EntityView, name: Named | undefined): boolean {
  return name?.type === 'Patient' || codesOf(entity.roles, OBJECT_ROLE).includes(PATIENT_ROLE);
}

function byName(name: string): Named {
  return { type: undefined, id: name, by: 'display' };
}

function subject(name: Named | undefined, isTarget: boolean, where: string, problems: Problems): Subject {
  if (name === undefined) problems.push(`${where} is a person whom nothing identifies`);
  else if (!isId(name.id)) problems.push(`${where} is named by more than 256 bytes`);
  else if (name.type !== undefined && !PERSONS.includes(name.type)) {
    problems.push(`${where} is called a person and points to a ${registerKey(name.type) ?? 'thing'}`);
  }
  const type = personType(name?.type ?? (isTarget ? 'patient' : 'person')) ?? 'person';
  const related = isTarget ? {} : { involvement: 'related' as const };
  return { type, id: name?.id ?? '', ...related };
}
