import type { Seen } from './crowd.ts';
import type { Logged } from './logged.ts';

/** What the clients saw and the log does not have, and the other way round, in words. */
export function differences(seen: readonly Seen[], logged: readonly Logged[]): readonly string[] {
  const byTrace = Map.groupBy(logged, ({ trace }) => trace);
  const answers = new Map(seen.map((one) => [one.trace, one]));
  return [
    ...seen.flatMap((one) => unlogged(one, byTrace.get(one.trace) ?? [])),
    ...logged.flatMap((entry) => unasked(entry, answers.get(entry.trace ?? ''))),
  ];
}

/** The door for employees and the health check show nobody. */
const SHOWS_NOBODY = new Set(['/staff/log-in', '/health', '/log-out']);

function unlogged({ path, who, status, persons }: Seen, entries: readonly Logged[]): readonly string[] {
  const said = `${who} got ${status} from ${path}`;
  if (status >= 500) return [said];
  if (SHOWS_NOBODY.has(path)) return [];
  const own = entries.filter((entry) => entry.who === who);
  if (own.length === 0) return [`${said}: no entry`];
  const named = new Set(own.filter(({ outcome }) => outcome !== 'denied').flatMap((entry) => entry.persons));
  const missing = persons.filter((person) => !named.has(person));
  const refused = status === 401 || status === 403;
  return [
    ...(missing.length > 0 ? [`${said}: no entry names ${missing.join(', ')}`] : []),
    ...(refused && !own.some(({ outcome }) => outcome === 'denied') ? [`${said}: no entry says so`] : []),
    ...(status < 400 && own.some(({ outcome }) => outcome === 'denied' || outcome === 'error')
      ? [`${said}: an entry says otherwise`]
      : []),
  ];
}

function unasked({ index, who, operation, flags }: Logged, answer: Seen | undefined): readonly string[] {
  const said = `entry ${index}, ${operation} by ${who}`;
  if (answer === undefined) return [`${said}: nobody asked`];
  return [
    ...(answer.who === who ? [] : [`${said}: it was ${answer.who}`]),
    ...(flags.length > 0 ? [`${said}: flagged ${flags.join(', ')}`] : []),
  ];
}
