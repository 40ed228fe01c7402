import type { AccessEvent, Log } from '@zegel/log';
import type { WorkingDay } from '../day/working-day.ts';
import { aside, chapter, counted, several, since, tell } from '../story.ts';

const TOGETHER = 200;

/**
 * Appends the day. Accesses carry an id, so that giving one again appends nothing; facts have none, and `told` says how
 * many of them the log has already. `gone` is a person whom the service itself no longer knows.
 */
export async function sealDay(
  log: Log,
  day: WorkingDay,
  told: number,
  gone: string | undefined,
): Promise<void> {
  chapter('1  Seal');
  const began = performance.now();
  const before = await log.size();
  const accesses = gone === undefined ? day.accesses : day.accesses.filter((event) => !concerns(event, gone));
  const batches = Array.from({ length: Math.ceil(accesses.length / TOGETHER) }, (_, n) =>
    accesses.slice(n * TOGETHER, (n + 1) * TOGETHER),
  );
  const receipts = (await Promise.all(batches.map((batch) => append(log, batch)))).flat();
  await Promise.all(day.facts.slice(told).map((fact) => record(log, fact)));
  const size = await log.size();
  const facts = Math.max(0, day.facts.length - told);
  const sent = `${several(receipts.length, 'access', 'accesses')} and ${several(facts, 'fact')} of ${day.date}`;
  tell(
    `${sent} were given to the log; it grew by ${several(size - before, 'entry', 'entries')} in ${since(began)}.`,
  );
  if (before > 2)
    aside('The log knows each access by its id: what was given before gets its first receipt again.');
  aside('A receipt comes only when the entry is on disk, under a checkpoint that is signed:');
  const last = receipts.at(-1);
  if (last !== undefined) aside(`entry ${counted(last.index)}, leaf hash ${last.leafHash}`);
  for (const line of (await log.checkpoint()).split('\n').slice(0, 3)) aside(line);
}

async function append(
  log: Log,
  events: readonly AccessEvent[],
): Promise<{ index: number; leafHash: string }[]> {
  return (await log.appendEach(events)).map((result) => {
    if (!('refused' in result)) return result;
    const [problem] = result.problems;
    throw new Error(`the log refused an event of the demo: ${problem?.path ?? ''} ${problem?.message ?? ''}`);
  });
}

function record(
  log: Log,
  { event, activity, person, occurred, ...fact }: WorkingDay['facts'][number],
): Promise<unknown> {
  return log.record({
    ...{ kind: 'lifecycle', occurred, bodies: [{ event, activity }], activity, subjects: [person] },
    ...{ actor: { kind: 'system', id: 'desk' }, ...(fact.case !== undefined && { case: fact.case }) },
  });
}

function concerns({ actor, subjects }: AccessEvent, id: string): boolean {
  return actor.id === id || subjects.some((subject) => subject.id === id);
}
