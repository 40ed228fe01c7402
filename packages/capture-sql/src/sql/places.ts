import type { Token } from './tokens.ts';

/** Where a token stands: how deep in brackets, and whether inside a subquery that only decides which rows count. */
export interface Place {
  readonly depth: number;
  readonly filter: boolean;
}

/** What stands before the bracket of a subquery none of whose columns can get into the result. */
const FILTERS = new Set(['in', 'exists', 'any', 'some', 'all', '=', '<', '>', '<=', '>=', '<>', '!=', '==']);

/** The place of each token. A bracket itself stands inside. */
export function places(tokens: readonly Token[]): readonly Place[] {
  const stack: boolean[] = [false];
  let clause = 'select';
  return tokens.map((token, at) => {
    if (token.kind === 'word' && CLAUSES.has(token.text)) clause = token.text;
    if (is(token, '(')) stack.push(stack.at(-1) === true || decides(tokens[at - 1], clause));
    const place = { depth: stack.length - 1, filter: stack.at(-1) === true };
    if (is(token, ')') && stack.length > 1) stack.pop();
    return place;
  });
}

const CLAUSES = new Set(['select', 'from', 'where', 'on', 'having', 'returning', 'set', 'values', 'union']);
const CONDITIONS = new Set(['where', 'on', 'having']);

/** A comparison in the list of results hands its yes or no on; only in a condition does it decide about rows. */
function decides(before: Token | undefined, clause: string): boolean {
  return before !== undefined && FILTERS.has(before.text) && CONDITIONS.has(clause);
}

/** Whether a token is this sign. */
export function is(token: Token | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.text === sign;
}

/** Whether a token is this unquoted word. */
export function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text);
}

/** Words that end the naming of a table, and so are no alias of it. */
const NO_ALIAS = new Set(
  (
    'where join on inner left right full outer cross natural group order limit having union intersect except set ' +
    'values select returning using window offset fetch for default when as indexed not tablesample with from ' +
    'overriding and or do conflict is in then else end asc desc between like only lateral begin'
  ).split(' '),
);

/** The name that a token may be. */
export function nameAt(token: Token | undefined): string | undefined {
  if (token?.kind === 'name') return token.text;
  return token?.kind === 'word' && !NO_ALIAS.has(token.text) ? token.text : undefined;
}
