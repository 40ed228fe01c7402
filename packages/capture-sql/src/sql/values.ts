import type { Conjunct } from './conjuncts.ts';
import { is, isWord } from './places.ts';
import type { Token } from './tokens.ts';

/** A value that a statement names without working it out. */
export type ValueSource =
  | { readonly kind: 'literal'; readonly value: string }
  /** The n-th nameless parameter, from 0. */
  | { readonly kind: 'position'; readonly index: number }
  | { readonly kind: 'name'; readonly name: string };

/** Sources of the values in a statement, by the place of their token. */
export type ValueSources = ReadonlyMap<Token, ValueSource>;

/** What each literal and parameter stands for. `?` counts by itself, `$1` says its number. */
export function valueSources(tokens: readonly Token[], dialect: 'sqlite' | 'postgres'): ValueSources {
  const found = new Map<Token, ValueSource>();
  let nameless = 0;
  for (const token of tokens) {
    if (token.kind === 'text' || token.kind === 'number')
      found.set(token, { kind: 'literal', value: token.text });
    if (token.kind !== 'param') continue;
    if (dialect === 'postgres')
      found.set(token, { kind: 'position', index: Number(token.text.slice(1)) - 1 });
    else if (token.text === '?') found.set(token, { kind: 'position', index: nameless++ });
    else found.set(token, { kind: 'name', name: token.text.slice(1) });
  }
  return found;
}

/** The one value that these tokens are, casts aside; undefined where it is worked out. */
export function oneValue(tokens: readonly Token[], sources: ValueSources): ValueSource | undefined {
  const [first, sign, type, ...rest] = tokens;
  if (first === undefined || rest.length > 0) return undefined;
  if (sign !== undefined && !(is(sign, '::') && type?.kind === 'word')) return undefined;
  return sources.get(first);
}

/**
 * Ids to which a condition restricts a column: `id = ?`, `? = id`, `id in (?, ?)`. Undefined where
 * it is no such condition.
 */
export function restriction(
  { tokens }: Conjunct,
  column: string,
  names: ReadonlySet<string>,
  sources: ValueSources,
): readonly ValueSource[] | undefined {
  const [own, rest] = columnFirst(tokens, names);
  if (own !== column) return reversed(tokens, column, names, sources);
  if (is(rest[0], '=')) {
    const value = oneValue(rest.slice(1), sources);
    return value && [value];
  }
  if (!isWord(rest[0], 'in') || !is(rest[1], '(') || !is(rest.at(-1), ')')) return undefined;
  return all(list(rest.slice(2, -1)).map((each) => oneValue(each, sources)));
}

function reversed(
  tokens: readonly Token[],
  column: string,
  names: ReadonlySet<string>,
  sources: ValueSources,
): readonly ValueSource[] | undefined {
  const at = tokens.findIndex((token) => is(token, '='));
  if (at < 1) return undefined;
  const [own, rest] = columnFirst(tokens.slice(at + 1), names);
  const value = own === column && rest.length === 0 ? oneValue(tokens.slice(0, at), sources) : undefined;
  return value && [value];
}

/** The column with which the tokens begin, qualified by one of `names` or not at all, and what follows. */
function columnFirst(
  tokens: readonly Token[],
  names: ReadonlySet<string>,
): readonly [column: string | undefined, rest: readonly Token[]] {
  const [first, dot, second] = tokens;
  if (first?.kind !== 'word' && first?.kind !== 'name') return [undefined, tokens];
  if (!is(dot, '.')) return [first.text, tokens.slice(1)];
  return names.has(first.text) ? [second?.text, tokens.slice(3)] : [undefined, tokens];
}

/** Parts between commas, at the outermost depth. */
export function list(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (is(token, '(')) depth++;
    if (is(token, ')')) depth--;
    if (depth === 0 && is(token, ',')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** All of them, or undefined where one is missing. */
export function all<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const sure = values.filter((value) => value !== undefined);
  return sure.length === values.length ? sure : undefined;
}
