/** Attributes that an entry has at most once; each has a column in a segment. The order is part of the file format. */
export const SINGLE_ATTRIBUTES = [
  'kind',
  'action',
  'activity',
  'operation',
  'service',
  'role',
  'recipient',
  'outcome',
  'actorKind',
] as const;

/** Attributes that an entry can have several times. */
export const MULTI_ATTRIBUTES = ['field', 'involvement', 'flag'] as const;

export type Attribute = (typeof SINGLE_ATTRIBUTES)[number] | (typeof MULTI_ATTRIBUTES)[number];

/** Every attribute, columns first; terms are numbered by their attribute's place here. */
export const ATTRIBUTES: readonly Attribute[] = [...SINGLE_ATTRIBUTES, ...MULTI_ATTRIBUTES];

/** Attributes in whose names free words are sought. */
export const WORD_ATTRIBUTES: readonly Attribute[] = ['operation', 'service', 'activity'];

/** Where in an entry a person, or the trace, stands; a number in the index. */
export const ROLE = { actor: 0, onBehalfOf: 1, target: 2, shown: 3, related: 4, trace: 5 } as const;

/** The role of a subject with this involvement; undefined for no involvement of format v1. */
export function subjectRole(involvement: string): number | undefined {
  return involvement === 'target' || involvement === 'shown' || involvement === 'related'
    ? ROLE[involvement]
    : undefined;
}
