import type { Clause, Query, Value } from './ast.ts';
import { parseValue } from './parse-value.ts';
import { QUALIFIERS } from './qualifiers.ts';
import { QueryError } from './query-error.ts';
import { type Piece, type Token, tokenize } from './tokens.ts';

/** Longest query that is read, in UTF-16 code units. */
export const MAX_QUERY_LENGTH = 8192;
const MAX_CLAUSES = 64;
const MAX_VALUES = 256;

/**
 * Reads a query: clauses parted by spaces must all hold, values parted by commas are alternatives,
 * a leading `-` negates, double quotes keep spaces, commas and colons.
 *
 * @example parseQuery('actor:employee:e-17 action:read,export -outcome:denied after:7d dossier')
 * @throws QueryError and nothing else, whatever the text
 */
export function parseQuery(text: string): Query {
  if (text.length > MAX_QUERY_LENGTH) {
    throw new QueryError('too-long', MAX_QUERY_LENGTH, 1, String(MAX_QUERY_LENGTH));
  }
  const tokens = tokenize(text);
  const extra = tokens[MAX_CLAUSES];
  if (extra !== undefined) {
    throw new QueryError('too-many-conditions', extra.position, 1, String(MAX_CLAUSES));
  }
  return { clauses: tokens.map(parseClause) };
}

function parseClause(token: Token): Clause {
  const first = token.pieces[0];
  const negated = first !== undefined && !first.quoted && first.text === '-';
  const pieces = negated ? token.pieces.slice(1) : token.pieces;
  const start = pieces[0];
  if (start === undefined) {
    const reason = negated ? 'nothing-negated' : 'nothing-quoted';
    throw new QueryError(reason, token.position, token.end - token.position);
  }
  if (negated && !start.quoted && start.text === '-') {
    throw new QueryError('negated-twice', start.position, 1);
  }
  const span = { position: token.position, length: token.end - token.position };
  const colon = pieces.findIndex((piece) => !piece.quoted && piece.text === ':');
  if (colon < 0 || pieces.slice(0, colon).some((piece) => piece.quoted)) {
    return { kind: 'word', negated, text: join(pieces), ...span };
  }
  const name = join(pieces.slice(0, colon)).toLowerCase();
  requireQualifier(name, start.position, colon);
  return {
    kind: 'qualifier',
    negated,
    name,
    values: parseValues(name, pieces.slice(colon + 1), token.end),
    ...span,
  };
}

function requireQualifier(name: string, position: number, length: number): void {
  if (QUALIFIERS.has(name)) return;
  throw new QueryError('not-a-qualifier', position, length, name);
}

function parseValues(name: string, pieces: readonly Piece[], end: number): readonly Value[] {
  const values = splitAtCommas(pieces).map((part) => {
    const head = part.pieces[0];
    const last = part.pieces.at(-1);
    if (head === undefined || last === undefined) {
      throw new QueryError('value-missing', part.comma ?? end - 1, 1, name);
    }
    const position = head.position;
    return parseValue(name, join(part.pieces), { position, length: last.position + 1 - position });
  });
  const extra = values[MAX_VALUES];
  if (extra !== undefined) {
    throw new QueryError('too-many-values', extra.position, extra.length, String(MAX_VALUES));
  }
  return values;
}

interface Part {
  readonly pieces: Piece[];
  /** Offset of the comma that ends it, undefined for the last part. */
  comma: number | undefined;
}

function splitAtCommas(pieces: readonly Piece[]): readonly Part[] {
  let part: Part = { pieces: [], comma: undefined };
  const parts = [part];
  for (const piece of pieces) {
    if (!piece.quoted && piece.text === ',') {
      part.comma = piece.position;
      part = { pieces: [], comma: undefined };
      parts.push(part);
    } else part.pieces.push(piece);
  }
  return parts;
}

function join(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.text).join('');
}
