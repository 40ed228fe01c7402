import { NotInForm } from './bytes.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const DEEPEST = 128;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/** The canonical text of a value (RFC 8785), written recursively. */
export function canonical(value: Json, depth = DEEPEST): string {
  if (value === null) return 'null';
  if (value === true) return 'true';
  if (value === false) return 'false';
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return stringText(value);
  if (depth === 0) throw new NotInForm('nested too deep');
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonical(item, depth - 1)).join(',')}]`;
  const object = value as JsonObject;
  const members = Object.keys(object)
    .sort(byUnits)
    .map((key) => `${stringText(key)}:${canonical(object[key] ?? null, depth - 1)}`);
  return `{${members.join(',')}}`;
}

/** Order of UTF-16 code units (RFC 8785 §3.2.3). */
export function byUnits(a: string, b: string): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = a.charCodeAt(i) - b.charCodeAt(i);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function numberText(n: number): string {
  if (!Number.isFinite(n)) throw new NotInForm('no number of JSON');
  return n === 0 ? '0' : `${n}`;
}

function stringText(text: string): string {
  let written = '"';
  for (const symbol of text) {
    const point = symbol.codePointAt(0) ?? 0;
    if (point >= 0xd800 && point <= 0xdfff) throw new NotInForm('a lone surrogate');
    const short = SHORT_ESCAPES[symbol];
    if (short !== undefined) written += short;
    else if (point < 0x20) written += `\\u${point.toString(16).padStart(4, '0')}`;
    else written += symbol;
  }
  return `${written}"`;
}

/** Reads JSON (RFC 8259) of any form; keys must not repeat. */
export function parseJson(text: string): Json {
  const reader = new Reader(text);
  const value = reader.value(DEEPEST);
  reader.end();
  return value;
}

/** Reads JSON that is in canonical form, and nothing else. */
export function parseCanonicalText(text: string): Json {
  const value = parseJson(text);
  if (canonical(value) !== text) throw new NotInForm('not canonical');
  return value;
}

const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/;
const LONG_ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): Json {
    this.#space();
    const next = this.#text[this.#at];
    const nested = next === '{' || next === '[';
    if (nested && depth === 0) throw new NotInForm('nested too deep');
    const value = next === '{' ? this.#object(depth) : next === '[' ? this.#array(depth) : this.#plain(next);
    this.#space();
    return value;
  }

  end(): void {
    if (this.#at !== this.#text.length) throw new NotInForm('text after the value');
  }

  #plain(next: string | undefined): Json {
    if (next === '"') return this.#string();
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    const number = NUMBER.exec(this.#text.slice(this.#at, this.#at + 400))?.[0];
    if (number === undefined) throw new NotInForm('no value');
    this.#at += number.length;
    const value = Number(number);
    if (!Number.isFinite(value)) throw new NotInForm('a number beyond all measure');
    return value;
  }

  #object(depth: number): JsonObject {
    const object = Object.create(null) as Record<string, Json>;
    this.#expect('{');
    this.#space();
    if (this.#take('}')) return object;
    do {
      this.#space();
      const key = this.#string();
      if (Object.hasOwn(object, key)) throw new NotInForm('a key twice');
      this.#space();
      this.#expect(':');
      object[key] = this.value(depth - 1);
    } while (this.#take(','));
    this.#expect('}');
    return object;
  }

  #array(depth: number): readonly Json[] {
    const items: Json[] = [];
    this.#expect('[');
    this.#space();
    if (this.#take(']')) return items;
    do items.push(this.value(depth - 1));
    while (this.#take(','));
    this.#expect(']');
    return items;
  }

  #string(): string {
    let value = '';
    this.#expect('"');
    for (;;) {
      const unit = this.#text[this.#at++];
      if (unit === undefined || unit < ' ') throw new NotInForm('no string');
      if (unit === '"') return value;
      value += unit === '\\' ? this.#escape() : unit;
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at++] ?? '';
    if (letter !== 'u') {
      const symbol = LONG_ESCAPES[letter];
      if (symbol === undefined) throw new NotInForm('no escape');
      return symbol;
    }
    const hex = this.#text.slice(this.#at, this.#at + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw new NotInForm('no escape');
    this.#at += 4;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  #space(): void {
    while (/^[ \t\n\r]$/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #take(symbol: string): boolean {
    if (this.#text[this.#at] !== symbol) return false;
    this.#at++;
    return true;
  }

  #expect(symbol: string): void {
    if (!this.#take(symbol)) throw new NotInForm(`no ${symbol}`);
  }
}
