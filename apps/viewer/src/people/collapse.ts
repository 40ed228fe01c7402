import type { Direction } from '../export/person-rows.ts';
import type { Line } from './line.ts';

/** Accesses of one day by the same actor under the same activity: one row of the view, many entries of the log. */
export interface Group {
  readonly lines: readonly [Line, ...Line[]];
  readonly actions: readonly string[];
  readonly fields: readonly string[];
}

/** A day and what happened on it. */
export interface Day {
  readonly day: string;
  readonly groups: readonly Group[];
}

/**
 * Gathers rows by day, and same-day repeats into one (NEN 7513: in the view only). Repeats are by the same actor under the same
 * activity with the same outcome; seen from an employee also of the same person. Keeps the order of what comes first.
 */
export function collapse(lines: readonly Line[], direction: Direction): readonly Day[] {
  const days = new Map<string, Map<string, Line[]>>();
  for (const line of lines) {
    const groups = days.get(line.day) ?? new Map<string, Line[]>();
    days.set(line.day, groups);
    const key = keyOf(line, direction);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [line]);
    else group.push(line);
  }
  return [...days].map(([day, groups]) => ({ day, groups: [...groups.values()].flatMap(groupOf) }));
}

function groupOf([first, ...others]: readonly Line[]): readonly Group[] {
  if (first === undefined) return [];
  const lines = [first, ...others] as const;
  return [
    { lines, actions: union(lines, ({ action }) => [action]), fields: union(lines, (line) => line.fields) },
  ];
}

function union(lines: readonly Line[], of: (line: Line) => readonly string[]): readonly string[] {
  return [...new Set(lines.flatMap(of))].filter((text) => text !== '');
}

/** What repeats of one another have in common. Somebody whom the vault can't tell repeats nobody. */
function keyOf(line: Line, direction: Direction): string {
  const other = direction === 'subject' ? actorKey(line) : subjectKey(line);
  return JSON.stringify([line.kind, line.activity, line.outcome, other ?? line.index]);
}

function actorKey({ actor, actorKind, role, onBehalfOf }: Line): readonly unknown[] | undefined {
  if (onBehalfOf !== undefined && onBehalfOf.token === undefined) return undefined;
  if (actor === undefined) return [actorKind, role];
  return actor.token === undefined ? undefined : [actor.token, role, onBehalfOf?.token];
}

function subjectKey({ subjects, subjectCount }: Line): readonly unknown[] | undefined {
  const [only] = subjects;
  return subjectCount === 1 && only?.token !== undefined ? [only.token] : undefined;
}
