import type { EntryObject } from './shown-entry.ts';
import { plainText } from './plain-text.ts';

/** How much of a `ref` is told where the vault does not know the person. */
const REF_SHOWN = 8;

/** `employee:e-17`; `?` and the beginning of the ref where the vault does not know; empty where there is nobody. */
export function personText(person: unknown): string {
  if (typeof person !== 'object' || person === null) return '';
  if ('type' in person && 'id' in person) return `${plainText(person.type)}:${plainText(person.id)}`;
  return 'ref' in person ? `?${plainText(person.ref).slice(0, REF_SHOWN)}` : '';
}

/** Who acted: the person, else the kind of actor. */
export function actorText(object: EntryObject): string {
  const actor = object['actor'];
  if (typeof actor !== 'object' || actor === null) return '';
  const person = 'person' in actor ? personText(actor.person) : '';
  return person === '' && 'kind' in actor ? plainText(actor.kind) : person;
}

/** The persons concerned. */
export function subjectTexts(object: EntryObject): readonly string[] {
  const subjects = object['subjects'];
  return Array.isArray(subjects) ? subjects.map(personText) : [];
}

/** A list of names; empty where there is none. */
export function listText(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(plainText) : [];
}

/** The role of who acted, empty where none is stated. */
export function roleOf(object: EntryObject): string {
  const actor = object['actor'];
  return typeof actor === 'object' && actor !== null && 'role' in actor ? plainText(actor.role) : '';
}
