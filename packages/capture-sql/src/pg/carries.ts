import type { TextFacts } from '../sql/facts.ts';
import { is, isWord } from '../sql/places.ts';
import type { Token } from '../sql/tokens.ts';
import type { Catalogue } from './catalogue.ts';

/**
 * Whether a column without an origin may hold personal data, from the text alone: PostgreSQL tells
 * what a statement reads only at the price of planning it twice. It may, unless the statement names
 * no mapped table, or reads nothing of those it names: no column that is personal or names a person,
 * no `*` but in `count(*)`, no whole row, no view and no function that leads to one.
 */
export function mayCarry(facts: TextFacts, catalogue: Catalogue): boolean {
  const { tokens, mentions } = facts;
  if (tokens.some((token, at) => isCall(token, tokens[at + 1], catalogue) || isEscaped(tokens, at)))
    return true;
  if (mentions.length === 0) return false;
  const isUnclear = mentions.some(
    ({ name, tables, renamed }) => renamed || tables.length > 1 || catalogue.isView(name),
  );
  if (isUnclear) return true;
  const columns = new Set(
    mentions.flatMap(({ tables }) => tables.flatMap((each) => [each.id, ...each.fields.keys()])),
  );
  return tokens.some((token, at) => {
    if (is(token, '*')) return isStar(tokens, at);
    return (isName(token) && columns.has(token.text)) || isWholeRow(facts, at);
  });
}

function isName(token: Token | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'name';
}

function isCall(token: Token, next: Token | undefined, catalogue: Catalogue): boolean {
  return isName(token) && is(next, '(') && catalogue.isConcerned(token.text);
}

/** `U&"…"` writes a name in numbers. */
function isEscaped(tokens: readonly Token[], at: number): boolean {
  return isWord(tokens[at], 'u') && is(tokens[at + 1], '&') && tokens[at + 2]?.kind === 'name';
}

/** All columns, rather than a product or `count(*)`. */
function isStar(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (is(before, '(')) return !isWord(tokens[at - 2], 'count');
  return is(before, '.') || is(before, ',') || isWord(before, 'select', 'all', 'distinct', 'returning');
}

/** A table's name or alias standing by itself where no table is named. */
function isWholeRow({ tokens, mentions }: TextFacts, at: number): boolean {
  const token = tokens[at];
  if (!isName(token) || is(tokens[at + 1], '.') || is(tokens[at - 1], '.')) return false;
  const names = mentions.some(({ name, alias }) => token?.text === (alias ?? name));
  return names && !mentions.some((each) => at === each.at || at === aliasAt(tokens, each.at));
}

/** Where the alias of a table stands, if it has one. */
function aliasAt(tokens: readonly Token[], table: number): number {
  return isWord(tokens[table + 1], 'as') ? table + 2 : table + 1;
}
