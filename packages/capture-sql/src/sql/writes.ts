import { is, isWord, nameAt, type Place } from './places.ts';
import type { Token } from './tokens.ts';

type WriteVerb = 'insert' | 'update' | 'delete' | 'merge' | 'truncate';

/** A place where a statement changes a table. */
export interface Write {
  readonly verb: WriteVerb;
  readonly name: string;
  readonly schema: string | undefined;
  /** Index of the token that names the table. */
  readonly at: number;
  readonly depth: number;
}

/** Words that may stand between the verb and the table. */
const BETWEEN = new Set([
  'or',
  'replace',
  'abort',
  'fail',
  'ignore',
  'rollback',
  'into',
  'from',
  'only',
  'table',
]);

/** Everything that a statement changes, also inside `with`. */
export function writes(tokens: readonly Token[], where: readonly Place[]): readonly Write[] {
  const found: Write[] = [];
  for (const [at, token] of tokens.entries()) {
    const verb = token.kind === 'word' ? verbAt(tokens, at) : undefined;
    if (verb === undefined) continue;
    let next = at + 1;
    while (tokens[next]?.kind === 'word' && BETWEEN.has(tokens[next]?.text ?? '')) next++;
    const target = targetAt(tokens, next);
    if (target !== undefined) found.push({ verb, ...target, depth: where[at]?.depth ?? 0 });
  }
  return found;
}

function verbAt(tokens: readonly Token[], at: number): WriteVerb | undefined {
  const text = tokens[at]?.text;
  const next = tokens[at + 1];
  if (text === 'insert' && isWord(next, 'into', 'or')) return 'insert';
  if (text === 'replace' && isWord(next, 'into') && !isWord(tokens[at - 1], 'or')) return 'insert';
  if (text === 'delete' && isWord(next, 'from')) return 'delete';
  if (text === 'merge' && isWord(next, 'into', 'only')) return 'merge';
  if (text === 'merge' && at === 0) return 'merge';
  if (text === 'truncate' && at === 0) return 'truncate';
  // `for update`, `do update set` and `on update` of a constraint name no table.
  const isVerb = text === 'update' && !isWord(tokens[at - 1], 'for', 'key', 'do', 'on', 'then');
  return isVerb && !isWord(next, 'set') ? 'update' : undefined;
}

function targetAt(tokens: readonly Token[], at: number): Pick<Write, 'name' | 'schema' | 'at'> | undefined {
  const first = nameAt(tokens[at]);
  if (first === undefined) return undefined;
  const second = is(tokens[at + 1], '.') ? nameAt(tokens[at + 2]) : undefined;
  if (second === undefined) return { name: first, schema: undefined, at };
  return { name: second, schema: first, at: at + 2 };
}
