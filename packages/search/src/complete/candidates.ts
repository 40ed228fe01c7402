import type { CompiledRegister } from '@zegel/log';
import { QUALIFIERS } from '../query/qualifiers.ts';
import type { Facet } from '../search/facets.ts';

/** A value that may be meant: what is written, and what people call it. */
export interface Candidate {
  readonly value: string;
  readonly names: Readonly<Partial<Record<'nl' | 'en', string>>>;
  /** Whether more has to follow, as an id does after the type of a person. */
  readonly open?: true;
}

const SPANS = ['1h', '24h', '7d', '30d', '13w', '52w'];

/** What can follow a qualifier, as far as the language, the register and the index tell; nothing for ids and times of one's own. */
export function candidatesOf(
  qualifier: string,
  register: CompiledRegister,
  facets: readonly Facet[],
): readonly Candidate[] {
  const grammar = QUALIFIERS.get(qualifier);
  if (grammar?.kind === 'set') return grammar.members.map(plain);
  if (grammar?.kind === 'person') return [...grammar.alone.map(plain), ...personTypes(register)];
  if (grammar?.kind === 'time') return SPANS.map(plain);
  const known = registered(qualifier, register);
  const seen = new Set(known.map(({ value }) => value));
  const met = facets.find(({ name }) => name === qualifier)?.values ?? [];
  return [...known, ...met.flatMap(({ value }) => (seen.has(value) ? [] : plain(value)))];
}

function plain(value: string): Candidate {
  return { value, names: {} };
}

function personTypes({ persons }: CompiledRegister): readonly Candidate[] {
  return [...(persons ?? [])].map((type) => ({ value: `${type}:`, names: {}, open: true }));
}

function registered(qualifier: string, register: CompiledRegister): readonly Candidate[] {
  const { document, builtin, roles } = register;
  switch (qualifier) {
    case 'activity': {
      const stated = Object.entries(document.activities).map(([value, { name }]) => ({ value, names: name }));
      return [...stated, ...[...builtin.keys()].map(plain)];
    }
    case 'field':
      return Object.entries(document.fields).map(([value, { nl, en }]) => ({ value, names: { nl, en } }));
    case 'recipient':
      return document.recipients === '*'
        ? []
        : Object.entries(document.recipients).map(([value, { name }]) => ({
            value,
            names: { nl: name, en: name },
          }));
    case 'role':
      return [...(roles ?? [])].map(plain);
    default:
      return [];
  }
}
