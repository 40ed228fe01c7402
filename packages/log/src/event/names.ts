import { type Problem, quoted } from './problem.ts';
import { report } from './report.ts';
import { isKey } from './text.ts';

type Names = ReadonlySet<string> | undefined;

/** Up to this many names, insertion into place beats a set and a sort. */
const FEW = 8;

/** Whether the value is one of `names`, or any register key where there are none to choose from. */
export function isAmong(value: unknown, names: Names): value is string {
  return typeof value === 'string' && (names ? names.has(value) : isKey(value));
}

/** What is wrong with a name that {@link isAmong} refused. */
export function whyNotAmong(value: unknown, what: string): string {
  if (typeof value !== 'string') return 'must be a text';
  if (!isKey(value)) return 'must be a key: a lower-case letter, then up to 63 of a-z 0-9 -';
  return `names no ${what}: ${quoted(value)}`;
}

/** Checks a list of names and gives it without duplicates, in order of UTF-16 code units. */
export function nameList(
  value: unknown,
  names: Names,
  most: number,
  path: string,
  what: string,
  problems: Problem[],
): readonly string[] {
  if (!Array.isArray(value)) {
    report(problems, path, 'must be a list');
    return [];
  }
  if (value.length > most) {
    report(problems, path, `must have at most ${most} items`);
    return [];
  }
  const sorted: string[] = [];
  for (let at = 0; at < value.length; at++) {
    const name: unknown = value[at];
    if (!isAmong(name, names)) report(problems, `${path}/${at}`, whyNotAmong(name, what));
    else if (value.length > FEW) sorted.push(name);
    else insert(sorted, name);
  }
  return value.length > FEW ? [...new Set(sorted)].sort() : sorted;
}

function insert(sorted: string[], name: string): void {
  let at = sorted.length;
  for (; at > 0; at--) {
    const before = sorted[at - 1] ?? '';
    if (before === name) return;
    if (before < name) break;
  }
  sorted.push(name);
  for (let to = sorted.length - 1; to > at; to--) sorted[to] = sorted[to - 1] ?? '';
  sorted[at] = name;
}
