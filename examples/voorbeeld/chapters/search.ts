import type { Log } from '@zegel/log';
import { parseQuery, queryShape, type SearchIndex } from '@zegel/search';
import { SUSPECT, WATCHED, WATCHER } from '../day/unusual.ts';
import { aside, chapter, counted, several, since, tell } from '../story.ts';
import { open, type Person, recipient, sentence, type Told } from '../words.ts';

const SHOWN = 3;

/** Asks what a privacy officer would ask. Each question is itself logged before its answer is shown. */
export async function searchDay(
  log: Log,
  index: SearchIndex,
): Promise<{ readonly denied: Told | undefined }> {
  chapter('2  Search');
  const began = performance.now();
  const before = await log.size();
  const [denied] = await ask(log, index, 'Who was refused?', 'outcome:denied');
  await ask(
    log,
    index,
    `Who saw customer ${WATCHED}?`,
    `subject:customer:${WATCHED} class:human -actor:customer`,
  );
  await ask(
    log,
    index,
    `How often did ${WATCHER} look there?`,
    `actor:employee:${WATCHER} subject:customer:${WATCHED}`,
  );
  await ask(
    log,
    index,
    `What was given away about ${SUSPECT}?`,
    `subject:customer:${SUSPECT} action:disclose`,
  );
  await ask(log, index, 'Who took many at once?', 'action:export');
  await given(log, index);
  await hours(log, index);
  const grown = (await log.size()) - before;
  tell(
    `The questions became ${several(grown, 'entry', 'entries')} of the log, without their terms (${since(began)}).`,
  );
  return { denied };
}

async function ask(log: Log, index: SearchIndex, question: string, query: string): Promise<readonly Told[]> {
  const { indexes, total = 0 } = await index.search(query, { limit: SHOWN, total: true });
  const { entries } = await index.fetch(query, indexes);
  const told = entries.flatMap((entry) => open(log, entry) ?? []);
  const seen = told
    .flatMap(({ actor, subjects }) => [actor, ...subjects])
    .filter((person) => person !== undefined);
  await log.consult({
    ...{ action: 'search', operation: 'log.search', service: 'demo', fields: queryShape(parseQuery(query)) },
    ...{ actor: { kind: 'employee', id: 'e-61' }, subjects: distinct(seen) },
  });
  tell(`${question}  ${query}`);
  for (const one of told) aside(sentence(log, one));
  if (total > told.length) aside(`… ${counted(total)} in all`);
  return told;
}

function distinct(persons: readonly Person[]): Person[] {
  return [...new Map(persons.map((person) => [`${person.type}:${person.id}`, person])).values()];
}

async function given(log: Log, index: SearchIndex): Promise<void> {
  const query = 'action:disclose';
  const { facets } = await index.facets(query, { names: ['recipient'] });
  const values = facets[0]?.values ?? [];
  tell(`Who was given data, and how often?  ${query}`);
  aside(values.map(({ value, count }) => `${recipient(log, value)} ${count}`).join(' · '));
}

async function hours(log: Log, index: SearchIndex): Promise<void> {
  const query = '-activity:zegel-consultation kind:access';
  const { bars } = await index.histogram(query, { buckets: 12 });
  const most = Math.max(...bars.map(({ count }) => count));
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone: log.register.timeZone });
  const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
  const bar = (count: number): string => blocks[Math.ceil((count / most) * blocks.length) - 1] ?? ' ';
  tell('When?');
  aside(bars.map(({ from, count }) => `${clock.format(from)}h ${bar(count)} ${count}`).join('  '));
}
