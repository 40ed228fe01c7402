import { QueryError } from './query-error.ts';

/** One character of a token after unquoting, with its place in the text. */
export interface Piece {
  readonly text: string;
  readonly quoted: boolean;
  readonly position: number;
}

/** Characters between two spaces; spaces inside quotes belong to the token. */
export interface Token {
  readonly pieces: readonly Piece[];
  readonly position: number;
  readonly end: number;
  /** Whether a quote occurs, even an empty one. */
  readonly quotes: boolean;
}

const SPACE = /\s/u;

/** Cuts a query at its spaces. Inside double quotes `\"` and `\\` stand for `"` and `\`. @throws QueryError */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (SPACE.test(text.charAt(at))) at++;
    else {
      const token = readToken(text, at);
      tokens.push(token);
      at = token.end;
    }
  }
  return tokens;
}

function readToken(text: string, start: number): Token {
  const pieces: Piece[] = [];
  let at = start;
  let quotes = false;
  while (at < text.length && !SPACE.test(text.charAt(at))) {
    if (text.charAt(at) === '"') {
      quotes = true;
      at = readQuoted(text, at, pieces);
    } else {
      pieces.push({ text: text.charAt(at), quoted: false, position: at });
      at++;
    }
  }
  return { pieces, position: start, end: at, quotes };
}

/** Reads from the opening quote at `open`; returns the offset after the closing one. */
function readQuoted(text: string, open: number, pieces: Piece[]): number {
  let at = open + 1;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '"') return at + 1;
    const escaped = character === '\\';
    const literal = escaped ? text.charAt(at + 1) : character;
    if (escaped && literal !== '"' && literal !== '\\') {
      throw new QueryError('quote-escape', at, 1);
    }
    pieces.push({ text: literal, quoted: true, position: at });
    at += escaped ? 2 : 1;
  }
  throw new QueryError('quote-open', open, 1);
}
