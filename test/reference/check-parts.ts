import { b64, sha256, utf8 } from './bytes.ts';
import { SPREAD } from './entry-rules.ts';
import { canonical, type JsonObject } from './json.ts';
import { type Found, type Item, memberOf, numberOf, subjectsOf, textOf } from './log-file.ts';

interface Part {
  readonly at: number;
  readonly number: number;
  readonly of: number;
  readonly entry: JsonObject;
}

/** The parts of one split event, in the order in which they stand. */
export interface SplitEvent {
  readonly parts: readonly Part[];
  /** Whether every part is there, each in its place. */
  readonly isWhole: boolean;
}

/** Split events: parts of one id, from the first number on until one of them comes again. */
export function splitEvents(items: readonly Item[]): readonly SplitEvent[] {
  const open = new Map<string, Part[]>();
  const events: Part[][] = [];
  for (const { at, entry } of items) {
    const part = memberOf(entry, 'part');
    if (entry === undefined || part === undefined) continue;
    const one = { at, number: numberOf(part['number']), of: numberOf(part['of']), entry };
    const id = textOf(entry['id']);
    const known = open.get(id);
    const isNew = known === undefined || (one.number === 1 && isWhole(known));
    if (isNew) {
      const event = [one];
      open.set(id, event);
      events.push(event);
    } else known.push(one);
  }
  return events.map((parts) => ({ parts, isWhole: isWhole(parts) }));
}

function isWhole(parts: readonly Part[]): boolean {
  return (
    parts.length === parts[0]?.of &&
    parts.every(({ at, number }, i) => number === i + 1 && at === (parts[0]?.at ?? 0) + i)
  );
}

/** Parts are adjacent, in order, complete, equal but for what is spread over them, and their subjects add up. */
export function checkParts(items: readonly Item[]): readonly Found[] {
  return splitEvents(items).flatMap(({ parts }) => checkEvent(parts, items));
}

function checkEvent(parts: readonly Part[], items: readonly Item[]): readonly Found[] {
  const found: Found[] = [];
  const [first] = parts;
  if (first === undefined) return [];
  const placeOf = (number: number): number => first.at + number - first.number;
  for (const { at, number } of parts)
    if (at !== placeOf(number)) found.push({ code: 'part-apart', index: at });
  const numbers = Array.from({ length: first.of }, (_, i) => i + 1);
  const absent = numbers.filter((number) => !parts.some((part) => part.number === number));
  // A body that is gone, or an entry that can't be read, may be the part that stood there.
  const lost = absent.filter((number) => {
    const item = items[placeOf(number)];
    return item === undefined || item.entry !== undefined;
  });
  if (lost.length > 0) found.push({ code: 'part-missing', index: first.at });
  if (parts.some(({ at, number }) => at !== placeOf(number))) return found;
  for (const { at, entry } of parts)
    if (sameness(entry) !== sameness(first.entry)) found.push({ code: 'part-unequal', index: at });
  const subjects = parts.reduce((sum, { entry }) => sum + subjectsOf(entry).length, 0);
  const counted = first.entry['subjectCount'] ?? 0;
  const last = parts.at(-1);
  if (absent.length === 0 && subjects !== counted && last !== undefined)
    found.push({ code: 'part-unequal', index: last.at });
  return found;
}

function sameness(entry: JsonObject): string {
  const apart = ['index', 'prev', 'control', 'part', ...(SPREAD[textOf(entry['kind'])] ?? [])];
  const rest = Object.fromEntries(Object.entries(entry).filter(([key]) => !apart.includes(key)));
  return b64(sha256(utf8(canonical([rest, memberOf(entry, 'part')?.['of'] ?? 0]))));
}
