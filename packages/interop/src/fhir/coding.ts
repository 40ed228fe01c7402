import { at, textAt } from '../json.ts';

/** A FHIR code with the system it comes from, where the record names it. */
export interface Coding {
  readonly system: string | undefined;
  readonly code: string;
}

export const DICOM = 'http://dicom.nema.org/resources/ontology/DCM';
export const RESTFUL = 'http://hl7.org/fhir/restful-interaction';
export const LIFECYCLE = 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle';
export const EVENT_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-event-type';
export const ENTITY_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
export const OBJECT_ROLE = 'http://terminology.hl7.org/CodeSystem/object-role';
export const RESOURCE_TYPES = 'http://hl7.org/fhir/resource-types';
export const V3 = 'http://terminology.hl7.org/CodeSystem/v3-';

/** All codes of a Coding, a CodeableConcept or lists of them: R4 and R5 differ in which they use where. */
export function codings(value: unknown): readonly Coding[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => codings(item));
  const inner = at(value, 'coding');
  if (Array.isArray(inner)) return inner.flatMap((item: unknown) => coding(item));
  return coding(value);
}

function coding(value: unknown): readonly Coding[] {
  const code = textAt(value, 'code');
  return code === undefined ? [] : [{ system: textAt(value, 'system'), code }];
}

/** The codes of one system, in order; a code without a system is taken by its word. */
export function codesOf(list: readonly Coding[], system: string): readonly string[] {
  return list.filter((item) => item.system === undefined || item.system === system).map((item) => item.code);
}
