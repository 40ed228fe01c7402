import { type Problem, pointerToken } from './problem.ts';

/** More would only fill memory: who sends this many is not going to read them. */
const MOST_PROBLEMS = 1000;

/** Adds a problem; beyond {@link MOST_PROBLEMS} the rest is left out. */
export function report(problems: Problem[], path: string, message: string): void {
  if (problems.length < MOST_PROBLEMS) problems.push({ path, message });
}

/** An object that is no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names every key that is not among `known`. */
export function reportUnknownKeys(
  value: object,
  known: ReadonlySet<string>,
  path: string,
  problems: Problem[],
): void {
  for (const key of Object.keys(value)) {
    if (!known.has(key)) report(problems, `${path}/${pointerToken(key)}`, 'is an unknown key');
  }
}

/** Checks a value that may be left out; `what` completes "must be …". */
export function optional(
  value: unknown,
  test: (text: string) => boolean,
  path: string,
  what: string,
  problems: Problem[],
): void {
  if (value === undefined || (typeof value === 'string' && test(value))) return;
  report(problems, path, `must be ${what}`);
}
