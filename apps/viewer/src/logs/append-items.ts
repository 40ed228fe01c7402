import { EventError, LogError, type Log, type Receipt, type Refusal } from '@zegel/log';
import type { Item } from '../http/read-events.ts';

/** Events given to the log at once: while one round is sealed, the one before is committed. */
const ROUND = 256;

/** An event's answer. */
export type Answer = Receipt | Refusal;

/**
 * Appends items and answers per event, in order. Everything is given to the log before anything is waited for, so that
 * it shares commits and keeps the order of the body.
 *
 * @throws what the log throws when it can't be written; some events may then be in it
 */
export async function appendItems(log: Log, items: readonly Item[], source: string): Promise<Answer[]> {
  const under: Promise<readonly Answer[]>[] = [];
  let singles: unknown[] = [];
  const send = (): void => {
    if (singles.length > 0) under.push(log.appendEach(singles, { source }));
    singles = [];
  };
  for (const { events, all } of items) {
    if (!all) {
      for (const event of events) if (singles.push(event) === ROUND) send();
      continue;
    }
    send();
    under.push(appendWhole(log, events, source));
  }
  send();
  const settled = await Promise.allSettled(under); // none is left alone with its failure
  return settled.flatMap((one) => {
    if (one.status === 'fulfilled') return one.value;
    throw one.reason;
  });
}

/** All or none: a refused one refuses them all, for reasons whose paths begin with the position in the list. */
async function appendWhole(log: Log, events: readonly unknown[], source: string): Promise<readonly Answer[]> {
  try {
    // What is no event is refused by the log like any other mistake.
    return await log.append(events as Parameters<Log['append']>[0], { source });
  } catch (error) {
    const refusal = refusalOf(error, events.length);
    if (refusal === undefined) throw error;
    return events.map(() => refusal);
  }
}

function refusalOf(error: unknown, count: number): Refusal | undefined {
  if (error instanceof EventError)
    return {
      refused: error.code,
      problems: count > 1 ? error.problems : error.problems.map((p) => ({ ...p, path: `/0${p.path}` })),
    };
  if (error instanceof LogError && error.code === 'ID_CONFLICT')
    return { refused: error.code, problems: [{ path: '', message: error.message }] };
  return undefined;
}
