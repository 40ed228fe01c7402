import { INVOLVEMENTS } from '../entry/kinds.ts';
import { b64Of16, b64Of32, type Bytes, constant, key, literal, oneOf } from './scan-text.ts';

const REF = constant('","ref":"');
const END_OF_MENTION = constant('"}');
const INVOLVEMENT = constant('{"involvement":"');
const INVOLVEMENT_VALUE = INVOLVEMENTS.map((value) => constant(`${value}"`));
const PTR = constant(',"ptr":"');
const END = constant('],"v":1}');

const [COMMA, QUOTE] = [44, 34];

/** A text that may be left out. */
export function optional(bytes: Bytes, at: number, text: Bytes): number {
  const next = literal(bytes, at, text);
  return next < 0 ? at : next;
}

/** The rest of a mention of which the pointer begins at `from`. */
export function mention(bytes: Bytes, from: number): number {
  const ref = literal(bytes, b64Of16(bytes, from), REF);
  return literal(bytes, b64Of32(bytes, ref), END_OF_MENTION);
}

/** Register keys in a list, none too; their order is not looked at. Returns the place of the bracket. */
export function keyList(bytes: Bytes, from: number): number {
  if (from < 0 || bytes[from] !== QUOTE) return from;
  for (let start = from; bytes[start] === QUOTE; ) {
    const at = key(bytes, start + 1);
    if (at < 0 || bytes[at] !== QUOTE) return -1;
    if (bytes[at + 1] !== COMMA) return at + 1;
    start = at + 2;
  }
  return -1;
}

/** `count` subjects, and the end of the entry. */
export function subjects(bytes: Bytes, from: number, count: number): number {
  let at = from;
  for (let i = 0; i < count && at >= 0; i++) {
    if (i > 0) at = bytes[at] === COMMA ? at + 1 : -1;
    const involved = oneOf(bytes, literal(bytes, at, INVOLVEMENT), INVOLVEMENT_VALUE);
    at = mention(bytes, literal(bytes, involved, PTR));
  }
  return literal(bytes, at, END);
}
