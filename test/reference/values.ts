import { NotInForm, unb64 } from './bytes.ts';
import { byUnits, isObject, type Json, type JsonObject } from './json.ts';
import { isName } from './note.ts';

/** What an entry can be found to be by itself. */
export type EntryCode = 'leaf-hash' | 'not-canonical' | 'unknown-key' | 'unknown-version' | 'malformed';

/** An entry that the format refuses. */
export class Refused extends Error {
  readonly code: EntryCode;

  constructor(code: EntryCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** A rule for one value; refuses by throwing. */
export type Rule = (value: Json) => void;

export function must(holds: boolean, message: string): void {
  if (!holds) throw new Refused('malformed', message);
}

function text(test: (value: string) => boolean): Rule {
  return (value) => must(typeof value === 'string' && test(value), 'a text of another form');
}

/** A whole number from `least` that is a safe integer. */
export function count(least: number): Rule {
  return (value) =>
    must(typeof value === 'number' && Number.isSafeInteger(value) && value >= least, 'a count');
}

export function among(...values: readonly Json[]): Rule {
  return (value) => must(values.includes(value), 'another constant');
}

/** b64 of exactly so many bytes. */
export function bytesOf(length: number): Rule {
  return text((value) => {
    try {
      return unb64(value).length === length;
    } catch (error) {
      if (error instanceof NotInForm) return false;
      throw error;
    }
  });
}

export const key: Rule = text((value) => /^[a-z][a-z0-9-]{0,63}$/.test(value));
export const name: Rule = text((value) => /^[a-z0-9][a-z0-9._-]{0,63}$/.test(value));
export const activityVersion: Rule = text((value) => /^[a-z][a-z0-9-]{0,63}@[1-9][0-9]{0,15}$/.test(value));
export const origin: Rule = text(isName);
export const time: Rule = text((value) => msOf(value) !== undefined);
export const day: Rule = text((value) => msOf(`${value}T00:00:00.000Z`) !== undefined);
export const uuid: Rule = text((value) => {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(value);
});
export const unicode: Rule = text((value) => {
  for (const symbol of value) if (/^[\ud800-\udfff]$/.test(symbol)) return false;
  return true;
});

/** nonce(24) ‖ ciphertext of a multiple of 64, one block at least ‖ tag(16). */
export const box: Rule = text((value) => {
  try {
    const { length } = unb64(value);
    return length >= 24 + 64 + 16 && (length - 24 - 16) % 64 === 0;
  } catch (error) {
    if (error instanceof NotInForm) return false;
    throw error;
  }
});

const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{3})Z$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Milliseconds since 1970 of the one form that a time has; undefined of any other text. Counts days by hand. */
export function msOf(value: string): number | undefined {
  const found = TIME.exec(value);
  if (found === null) return undefined;
  const [year = 0, month = 0, date = 0, hour = 0, minute = 0, second = 0, milli = 0] = found
    .slice(1)
    .map(Number);
  if (month < 1 || month > 12 || date < 1 || date > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  let days = date - 1;
  for (let m = 1; m < month; m++) days += daysIn(year, m);
  for (let y = Math.min(year, 1970); y < Math.max(year, 1970); y++) {
    days += (year < 1970 ? -1 : 1) * (isLeap(y) ? 366 : 365);
  }
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + milli;
}

function daysIn(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (DAYS[month - 1] ?? 0);
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function list(item: Rule, filled = false): Rule {
  return (value) => {
    must(Array.isArray(value), 'a list');
    must(!filled || (value as readonly Json[]).length > 0, 'not empty');
    for (const one of value as readonly Json[]) item(one);
  };
}

/** A list in ascending order, nothing twice. */
export function set(item: Rule, filled = false): Rule {
  return (value) => {
    list(item, filled)(value);
    (value as readonly (string | number)[]).forEach((one, i, all) => {
      const before = all[i - 1];
      if (before === undefined) return;
      const order = typeof one === 'number' ? one - Number(before) : byUnits(one, String(before));
      must(order > 0, 'a set in order');
    });
  };
}

/** Rules by key; a key that ends in `?` may be absent. */
export type Shape = Readonly<Record<string, Rule>>;

/** An object with these keys and no other. */
export function object(shape: Shape): Rule {
  return (value) => {
    must(isObject(value), 'an object');
    const members = value as JsonObject;
    for (const found of Object.keys(members)) {
      if (!Object.hasOwn(shape, found) && !Object.hasOwn(shape, `${found}?`))
        throw new Refused('unknown-key', 'a key too many');
    }
    for (const [named, rule] of Object.entries(shape)) {
      const member = members[named.replace('?', '')];
      if (member !== undefined) rule(member);
      else must(named.endsWith('?'), `lacks ${named}`);
    }
  };
}
