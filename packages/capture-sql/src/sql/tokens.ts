/** A word of SQL. Names are folded to lower case; `name` tells a quoted one from a keyword. */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'param' | 'sign';
  readonly text: string;
}

export type Dialect = 'sqlite' | 'postgres';

/** A tokenizer's rule: a pattern tried at one place, and what a match of it is. Undefined: nothing. */
type Rule = readonly [pattern: RegExp, kind: Token['kind'] | undefined];

const COMMON: readonly Rule[] = [
  [/\s+|--[^\n]*/y, undefined],
  [/[\p{L}_][\p{L}\p{N}_$]*/uy, 'word'],
  [/"(?:[^"]|"")*"/y, 'name'],
  [/'(?:[^']|'')*'/y, 'text'],
  [/(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y, 'number'],
];

const RULES: Readonly<Record<Dialect, readonly Rule[]>> = {
  sqlite: [
    [/\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)/y, undefined],
    [/[xX]'[^']*'/y, 'text'],
    ...COMMON,
    [/`(?:[^`]|``)*`/y, 'name'],
    [/\[[^\]]*\]/y, 'name'],
    [/\?\d*|[:@$][\p{L}\p{N}_$]+/uy, 'param'],
    [/->>?|\|\||<>|!=|<=|>=|==|<<|>>/y, 'sign'],
  ],
  postgres: [
    [/[eE]'(?:[^'\\]|''|\\[\s\S])*'/y, 'text'],
    [/[bBxXnN]'[^']*'/y, 'text'],
    [/(\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$)[\s\S]*?\1/uy, 'text'],
    ...COMMON,
    [/\$\d+/y, 'param'],
    [/::|->>?|#>>?|\|\||<>|!=|<=|>=|<@|@>|:=|=>/y, 'sign'],
  ],
};

/**
 * Cuts SQL into tokens. Comments go; a character that starts nothing is a sign of its own. It is
 * no parser: what follows from the tokens has to err to the side of more personal data, never less.
 */
export function tokens(sql: string, dialect: Dialect): readonly Token[] {
  const found: Token[] = [];
  for (let at = 0; at < sql.length; ) {
    if (dialect === 'postgres' && sql.startsWith('/*', at)) {
      at = endOfComment(sql, at);
      continue;
    }
    const [length, token] = tokenAt(sql, at, RULES[dialect]);
    if (token !== undefined) found.push(token);
    at += length;
  }
  return found;
}

function tokenAt(sql: string, at: number, rules: readonly Rule[]): readonly [number, Token | undefined] {
  for (const [pattern, kind] of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(sql)?.[0];
    if (match === undefined || match === '') continue;
    return [match.length, kind === undefined ? undefined : { kind, text: textOf(match, kind) }];
  }
  return [1, { kind: 'sign', text: sql.charAt(at) }];
}

function textOf(match: string, kind: Token['kind']): string {
  if (kind === 'word') return match.toLowerCase();
  if (kind === 'text') return plainText(match);
  if (kind !== 'name') return match;
  const quote = match.charAt(0);
  const inner = match.slice(1, -1);
  return (quote === '[' ? inner : inner.replaceAll(quote + quote, quote)).toLowerCase();
}

/** The value of a simple literal; of the other forms something that is no literal's value. */
function plainText(match: string): string {
  return match.startsWith("'") ? match.slice(1, -1).replaceAll("''", "'") : match;
}

/** PostgreSQL nests comments. */
function endOfComment(sql: string, start: number): number {
  let depth = 0;
  for (let at = start; at < sql.length; at++) {
    if (sql.startsWith('/*', at)) depth++;
    else if (sql.startsWith('*/', at)) depth--;
    else continue;
    at++;
    if (depth === 0) return at + 1;
  }
  return sql.length;
}

/** Statements of a script, cut at semicolons outside `begin … end` of a trigger or function. */
export function statements(all: readonly Token[]): readonly (readonly Token[])[] {
  const found: Token[][] = [[]];
  let open = 0;
  for (const token of all) {
    const current = found.at(-1) ?? [];
    if (token.kind === 'word' && current[0]?.text === 'create') open += blockStep(token.text, current);
    if (token.kind === 'sign' && token.text === ';' && open <= 0) {
      open = 0;
      found.push([]);
    } else current.push(token);
  }
  return found.filter((each) => each.length > 0);
}

function blockStep(word: string, before: readonly Token[]): number {
  if (word === 'begin' || word === 'case') return before.some(({ text }) => BODY.has(text)) ? 1 : 0;
  return word === 'end' ? -1 : 0;
}

const BODY = new Set(['trigger', 'function', 'procedure']);
