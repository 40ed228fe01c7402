import { is, isWord, type Place } from './places.ts';
import type { Token } from './tokens.ts';

/** A condition that every row of its `on` or `where` meets, whatever else is asked. */
export interface Conjunct {
  readonly clause: 'on' | 'where';
  readonly depth: number;
  /** Part of a subquery that only decides which rows count. */
  readonly filter: boolean;
  readonly tokens: readonly Token[];
}

/** What ends a condition, at its own depth. */
const ENDS = new Set(
  (
    'on where join left right inner full cross natural group order limit having union intersect except ' +
    'returning select from window offset fetch for when conflict'
  ).split(' '),
);

/** Conditions of a statement that hold for sure: those joined by `and`, with no `or` beside them. */
export function conjuncts(tokens: readonly Token[], where: readonly Place[]): readonly Conjunct[] {
  const found: Conjunct[] = [];
  for (const [at, token] of tokens.entries()) {
    const place = where[at];
    if (place === undefined || !isWord(token, 'on', 'where')) continue;
    const clause = token.text === 'on' ? 'on' : 'where';
    const { depth, filter } = place;
    const condition = tokens.slice(at + 1, endOf(tokens, where, at));
    found.push(...split(condition).map((each) => ({ clause, depth, filter, tokens: each }) as const));
  }
  return found;
}

function endOf(tokens: readonly Token[], where: readonly Place[], start: number): number {
  const depth = where[start]?.depth ?? 0;
  for (let at = start + 1; at < tokens.length; at++) {
    const inside = where[at]?.depth ?? 0;
    const token = tokens[at];
    if (inside < depth || (inside === depth && is(token, ')'))) return at;
    if (inside === depth && (is(token, ';') || (token?.kind === 'word' && ENDS.has(token.text)))) return at;
  }
  return tokens.length;
}

/** Parts joined by `and`, through brackets; nothing where an `or` stands among them. */
function split(condition: readonly Token[]): readonly (readonly Token[])[] {
  const inner = unwrap(condition);
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of inner) {
    if (is(token, '(')) depth++;
    if (is(token, ')')) depth--;
    if (depth === 0 && isWord(token, 'or')) return [];
    if (depth === 0 && isWord(token, 'and')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  if (parts.length === 1) return inner.length === 0 ? [] : [inner];
  return parts.flatMap(split);
}

/** Without the brackets around the whole. */
function unwrap(condition: readonly Token[]): readonly Token[] {
  let inner = condition;
  while (is(inner[0], '(') && closing(inner, 0) === inner.length - 1) inner = inner.slice(1, -1);
  return inner;
}

/** Index of the bracket that closes the one at `open`, or -1. */
export function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (is(tokens[at], '(')) depth++;
    if (is(tokens[at], ')')) depth--;
    if (depth === 0) return at;
  }
  return -1;
}
