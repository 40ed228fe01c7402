import type { IndexValue, KeyValue, PersonValue, Span, TokenValue, Value } from './ast.ts';
import { parseDay, parseTimeValue } from './parse-time.ts';
import { QUALIFIERS } from './qualifiers.ts';
import { QueryError } from './query-error.ts';
import type { QueryReason } from './query-reason.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TOKEN = /^~[0-9a-f]{16}$/;
const MAX_ID_BYTES = 256;

/** Reads one value of the qualifier `name`. @throws QueryError */
export function parseValue(name: string, text: string, span: Span): Value {
  const grammar = QUALIFIERS.get(name);
  if (grammar === undefined) throw new QueryError('not-a-qualifier', span.position, span.length, name);
  switch (grammar.kind) {
    case 'set':
      return parseMember(text.toLowerCase(), grammar.members, span);
    case 'pattern':
      return parsePattern(text.toLowerCase(), grammar.pattern, grammar.reason, span);
    case 'person':
      return grammar.alone.includes(text)
        ? { kind: 'key', value: text, ...span }
        : parsePerson(text, grammar.alone, span);
    case 'uuid':
      return parsePattern(text.toLowerCase(), UUID, 'value-not-uuid', span);
    case 'token':
      return { kind: 'key', value: requireText(text, span), ...span };
    case 'index':
      return parseIndex(text, span);
    case 'day':
      return parseDay(text, span);
    case 'time':
      return parseTimeValue(text, span);
    default:
      return grammar satisfies never;
  }
}

function parseMember(value: string, members: readonly string[], span: Span): KeyValue {
  if (members.includes(value)) return { kind: 'key', value, ...span };
  throw new QueryError('value-not-in-set', span.position, span.length, members.join(', '));
}

function parsePattern(value: string, pattern: RegExp, reason: QueryReason, span: Span): KeyValue {
  if (pattern.test(value)) return { kind: 'key', value, ...span };
  throw new QueryError(reason, span.position, span.length);
}

/** A token, or type and id: the type ends at the first colon; the id may contain more of them (format v1 §3). */
function parsePerson(text: string, alone: readonly string[], span: Span): PersonValue | TokenValue {
  const token = text.toLowerCase();
  if (TOKEN.test(token)) return { kind: 'token', token: token.slice(1), ...span };
  const colon = text.indexOf(':');
  const type = text.slice(0, Math.max(0, colon)).toLowerCase();
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(type)) {
    throw new QueryError('value-not-person', span.position, span.length, alone.join(', '));
  }
  return { kind: 'person', type, id: requireText(text.slice(colon + 1), span), ...span };
}

function requireText(text: string, span: Span): string {
  const bytes = Buffer.byteLength(text);
  if (text.isWellFormed() && bytes > 0 && bytes <= MAX_ID_BYTES && !text.includes('\0')) return text;
  throw new QueryError('value-not-text', span.position, span.length, String(MAX_ID_BYTES));
}

const INDEX = /^(?:(>=|<=|>|<)?(\d+)|(\d+)\.\.(\d+))$/;

/** `7`, `>=7`, `>7`, `<=7`, `<7` or `7..9`, both ends included. */
function parseIndex(text: string, span: Span): IndexValue {
  const match = INDEX.exec(text);
  if (match === null) {
    throw new QueryError('value-not-index', span.position, span.length);
  }
  const [, operator, single, from, to] = match;
  if (single === undefined) return indexRange(Number(from), Number(to), span);
  const n = Number(single);
  switch (operator) {
    case '>=':
      return indexRange(n, undefined, span);
    case '>':
      return indexRange(n + 1, undefined, span);
    case '<=':
      return indexRange(0, n, span);
    case '<':
      return indexRange(0, n - 1, span);
    default:
      return indexRange(n, n, span);
  }
}

function indexRange(first: number, last: number | undefined, span: Span): IndexValue {
  if (!Number.isSafeInteger(first) || (last !== undefined && !Number.isSafeInteger(last))) {
    throw new QueryError('index-too-large', span.position, span.length);
  }
  return { kind: 'index', first, ...(last === undefined ? {} : { last }), ...span };
}
