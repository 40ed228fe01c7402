/** What the rule of a view says: PostgreSQL keeps the origin of each of its columns. */
export interface ViewRule {
  /** By the number of the column, from 1; a table of 0 is no origin. */
  readonly columns: ReadonlyMap<number, { readonly table: number; readonly column: number }>;
  /** Relations read, as often as they are. */
  readonly relations: readonly number[];
  readonly functions: readonly number[];
}

/**
 * Reads a rule as `pg_rewrite.ev_action` tells it: nodes in braces, special characters behind a
 * backslash. The view's own columns are the target entries directly below the outermost query.
 */
export function parseRule(text: string): ViewRule {
  const columns = new Map<number, { readonly table: number; readonly column: number }>();
  for (const entry of targetEntries(text)) {
    const number = numberAfter(entry, 'resno');
    const [table, column] = [numberAfter(entry, 'resorigtbl'), numberAfter(entry, 'resorigcol')];
    if (/:resjunk false/.test(entry)) columns.set(number, { table, column });
  }
  const relations = [...text.matchAll(/:relid (\d+)(?: :inh (?:true|false))? :relkind/g)];
  const functions = [...text.matchAll(/:funcid (\d+)/g)];
  return { columns, relations: relations.map(first), functions: functions.map(first) };
}

const first = (match: RegExpMatchArray): number => Number(match[1]);

function numberAfter(entry: string, key: string): number {
  return Number(new RegExp(`:${key} (\\d+)`).exec(entry)?.[1] ?? 0);
}

/** The outermost entries, without the nodes inside them. */
function targetEntries(text: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let current: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === '\\') at++;
    else if (sign === '{') {
      depth++;
      if (depth === 2 && text.startsWith('{TARGETENTRY', at)) current = '';
    } else if (sign === '}') {
      if (depth === 2 && current !== undefined) found.push(current);
      if (depth === 2) current = undefined;
      depth--;
    } else if (depth === 2 && current !== undefined) current += sign;
  }
  return found;
}
