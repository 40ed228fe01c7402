import type { CompiledRegister } from '@zegel/log';
import { QUALIFIERS } from '../query/qualifiers.ts';
import type { Facet } from '../search/facets.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { cursorPlace } from './cursor-place.ts';

/** A text to be put in the place of another. */
export interface Replacement {
  /** UTF-16 code units of the query that go. */
  readonly position: number;
  readonly length: number;
  readonly text: string;
}

/** One way to go on. */
export interface Completion {
  /** What would stand there, such as `activity:orders`. */
  readonly label: string;
  /** What people call it, in the language asked for; empty where it has no other name. */
  readonly name: string;
  readonly replacement: Replacement;
  readonly kind: 'qualifier' | 'value';
}

/** What completion knows of a log. */
export interface CompletionContext {
  readonly register: CompiledRegister;
  /** Values that occur, such as services and operations, which no register lists. */
  readonly facets?: readonly Facet[];
  /** Language of the names. Default `en`; what was written is found by its names in either. */
  readonly language?: 'nl' | 'en';
}

/** Most ways that are told. */
const MOST = 24;
/** Qualifiers whose values are found by a mere word. */
const FOUND_BY_WORD = ['activity', 'field', 'recipient', 'role', 'action'];
const SHORTEST_WORD = 2;

/**
 * Ways to go on writing a query at `cursor`: qualifiers, and values of the language, the register and the facets. Those
 * that begin with what stands there come first, then those that contain it in their key or in a name. No person is ever
 * told, and nothing of the log but what `facets` say.
 */
export function complete(text: string, cursor: number, context: CompletionContext): readonly Completion[] {
  const { register, facets = [], language = 'en' } = context;
  const { qualifier, typed, position, length, others } = cursorPlace(text, cursor);
  const way = (kind: Completion['kind'], label: string, name: string, written: string): Completion => {
    return { kind, label, name, replacement: { position, length, text: written } };
  };
  const valuesOf = (one: string): readonly Candidate[] => candidatesOf(one, register, facets);
  const nameOf = ({ names }: Candidate): string => names[language] ?? '';
  if (qualifier !== undefined) {
    const open = valuesOf(qualifier).filter(({ value }) => !others.includes(value));
    return ranked(open, typed)
      .slice(0, MOST)
      .map((one) => way('value', one.value, nameOf(one), one.value));
  }
  const colon = text.charAt(position + length) === ':' ? '' : ':'; // there may be one already
  const ways = [...QUALIFIERS.keys()]
    .filter((name) => name.startsWith(typed.toLowerCase()))
    .map((name) => way('qualifier', `${name}:`, '', name + colon));
  if (typed.length < SHORTEST_WORD || colon === '') return ways.slice(0, MOST);
  for (const name of FOUND_BY_WORD)
    for (const one of ranked(valuesOf(name), typed))
      ways.push(way('value', `${name}:${one.value}`, nameOf(one), `${name}:${one.value}`));
  return ways.slice(0, MOST);
}

/** Candidates that a text may mean, the likeliest first. */
function ranked(candidates: readonly Candidate[], typed: string): readonly Candidate[] {
  const wanted = typed.toLowerCase();
  const rank = ({ value, names }: Candidate): number => {
    const texts = [value, names.nl ?? '', names.en ?? ''].map((one) => one.toLowerCase());
    if (texts[0] === wanted) return 3; // is there already
    if (texts.some((one) => one.startsWith(wanted))) return 0;
    return texts.some((one) => one.includes(wanted)) ? 1 : 4;
  };
  return candidates.filter((one) => rank(one) < 3).sort((a, b) => rank(a) - rank(b));
}
