import { parseDecimal } from './decimal.ts';
import { FormatError } from './format-error.ts';
import { TILE_WIDTH, type Tile } from './tile.ts';

/** A bundle of entries: the `index`-th, with its first `width` entries, 1 to 256 (C2SP tlog-tiles). */
export interface Bundle {
  readonly index: number;
  readonly width: number;
}

const MAX_LEVEL = 63;
const FORM = /^tile\/([0-9]{1,2}|entries)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/;

/** `tile/<level>/<index>[.p/<width>]` (C2SP tlog-tiles). @throws FormatError BAD_TILE when there is no such tile */
export function tilePath({ level, index, width }: Tile): string {
  if (!isWithin(level, 0, MAX_LEVEL)) throw bad('a level goes from 0 to 63');
  return join(`${level}`, index, width);
}

/** Reads a tile's path in its one form. @throws FormatError BAD_TILE */
export function parseTilePath(path: string): Tile {
  const { kind, index, width } = split(path);
  const level = parseDecimal(kind);
  if (level === undefined || level > MAX_LEVEL) throw bad('not the path of a tile');
  return Object.freeze({ level, index, width });
}

/** `tile/entries/<index>[.p/<width>]` (C2SP tlog-tiles). @throws FormatError BAD_TILE when there is no such bundle */
export function entriesPath({ index, width }: Bundle): string {
  return join('entries', index, width);
}

/** Reads a bundle's path in its one form. @throws FormatError BAD_TILE */
export function parseEntriesPath(path: string): Bundle {
  const { kind, index, width } = split(path);
  if (kind !== 'entries') throw bad('not the path of a bundle');
  return Object.freeze({ index, width });
}

function join(kind: string, index: number, width: number): string {
  if (!isWithin(index, 0, Number.MAX_SAFE_INTEGER)) throw bad('an index is a whole number from 0');
  if (!isWithin(width, 1, TILE_WIDTH)) throw bad('a width goes from 1 to 256');
  return `tile/${kind}/${groups(index)}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

function split(path: string): { kind: string; index: number; width: number } {
  const [, kind, number, partial] = FORM.exec(path) ?? [];
  if (kind === undefined || number === undefined) throw bad('not a path of tlog-tiles');
  const index = Number(number.replaceAll(/[x/]/g, ''));
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  // The other forms of the same numbers (leading zeros, a full tile as .p/256) are told by writing it again.
  if (join(kind, index, width) !== path) throw bad('not the one form of its path');
  return { kind, index, width };
}

// Groups of three digits, all but the last marked: 1234067 is x001/x234/067.
function groups(index: number): string {
  const digits = `${index}`.padStart(Math.ceil(`${index}`.length / 3) * 3, '0');
  return digits.replaceAll(/[0-9]{3}(?=[0-9])/g, 'x$&/');
}

function isWithin(n: number, least: number, most: number): boolean {
  return Number.isSafeInteger(n) && n >= least && n <= most;
}

function bad(message: string): FormatError {
  return new FormatError('BAD_TILE', message);
}
