import { usage } from './cli-error.ts';
import type { Given } from './command.ts';

/** The text of an option, or undefined. */
export function optionText({ values }: Given, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** The texts of an option that may be repeated. */
export function optionTexts({ values }: Given, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** Whether a switch was given. */
export function isOn({ values }: Given, name: string): boolean {
  return values[name] === true;
}

/** The text of an option that must be there. @throws CliError USAGE */
export function required(given: Given, name: string, what: string): string {
  const value = optionText(given, name);
  if (value === undefined || value === '') throw usage(`--${name} is missing: ${what}`);
  return value;
}

/** The one argument of a command. @throws CliError USAGE */
export function only({ rest }: Given, what: string): string {
  const [first, second] = rest;
  if (first === undefined) throw usage(`${what} is missing`);
  if (second !== undefined) throw usage(`one ${what}, not also "${second}"`);
  return first;
}

/** @throws CliError USAGE when anything stands besides options */
export function none({ rest }: Given): void {
  if (rest[0] !== undefined) throw usage(`"${rest[0]}" is one argument too many`);
}

/** A whole number in decimal form. @throws CliError USAGE */
export function wholeNumber(value: string, what: string, least: number, most: number): number {
  const n = /^(?:0|[1-9]\d{0,15})$/.test(value) ? Number(value) : Number.NaN;
  if (n >= least && n <= most) return n;
  throw usage(`${what} is a whole number from ${least} to ${most}, not "${value}"`);
}

/** One of several words. @throws CliError USAGE */
export function oneOf<const T extends string>(value: string, what: string, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw usage(`${what} is one of ${words.join(', ')}, not "${value}"`);
}
