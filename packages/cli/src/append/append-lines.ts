import { splitLines } from '@zegel/interop';
import { LogError, type Log, type Receipt, type Refusal, StoreFailure } from '@zegel/log';
import { CliError } from '../run/cli-error.ts';
import type { Context } from '../run/command.ts';
import { describeError } from '../run/describe-error.ts';
import { counted } from '../run/progress.ts';
import { Batches } from './batches.ts';
import { MOST_LINE_BYTES, parseLine } from './parse-line.ts';
import { problemsText } from '@zegel/reading';

interface Line {
  readonly number: number;
  readonly event: unknown;
  /** Why it holds no event; then there is none. */
  readonly reason: string | undefined;
  readonly bytes: number;
}

type Result = Receipt | Refusal;

/** How many events were appended and refused. */
export interface Tally {
  appended: number;
  refused: number;
}

/**
 * Appends the events on the input, a line each, and writes their receipts in order. What is wrong with a line is told in
 * one line; the others are kept. Ends early, with everything read so far settled, when the signal aborts.
 */
export async function appendLines(context: Context, log: Log): Promise<Tally> {
  const tally: Tally = { appended: 0, refused: 0 };
  const batches = new Batches<Line, readonly Result[]>({
    start: (lines) =>
      log.appendEach(lines.filter((line) => line.reason === undefined).map(({ event }) => event)),
    finish: (lines, results) => tell(context, tally, lines, results),
  });
  let last = 0;
  for await (const { number, bytes } of splitLines(input(context), MOST_LINE_BYTES, () => undefined)) {
    last = number;
    const parsed = parseLine(bytes);
    const line = parsed.ok
      ? { event: parsed.event, reason: undefined, bytes: parsed.bytes }
      : { ...parsed, event: undefined, bytes: 0 };
    await batches.add({ number, ...line }).catch((error: unknown) => unacknowledged(tally, last, error));
  }
  await batches.end().catch((error: unknown) => unacknowledged(tally, last, error));
  return tally;
}

async function tell(
  { out, complain, progress }: Context,
  tally: Tally,
  lines: readonly Line[],
  results: readonly Result[],
): Promise<void> {
  let at = 0;
  let receipts = '';
  for (const { number, reason } of lines) {
    const result = reason === undefined ? results[at++] : undefined;
    if (result !== undefined && !('refused' in result)) {
      receipts += receiptLine(result);
      tally.appended++;
    } else {
      complain(
        `line ${number}: ${reason ?? (result === undefined ? 'no answer' : problemsText(result.problems))}`,
      );
      tally.refused++;
    }
  }
  progress.tell(() => `appended ${counted(tally.appended)}, refused ${counted(tally.refused)}`);
  if (receipts !== '') await out.write(receipts);
}

function receiptLine({ id, entry, index, count, leafHash }: Receipt): string {
  return `${JSON.stringify({ id, entry, index, count, leafHash })}\n`;
}

const MARK = [0xef, 0xbb, 0xbf];

/** Standard input without a byte order mark, until the signal aborts. */
async function* input({ io: { stdin, signal } }: Context): AsyncGenerator<Uint8Array> {
  const chunks = stdin[Symbol.asyncIterator]();
  const stopped = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  let first = true;
  for (;;) {
    const next = await Promise.race([chunks.next(), stopped]);
    if (next === undefined || next.done === true) return;
    const marked = first && MARK.every((byte, at) => next.value[at] === byte);
    first = false;
    yield marked ? next.value.subarray(MARK.length) : next.value;
  }
}

/** Everything below the first line without a receipt or a complaint is settled; the rest must be given again. */
function unacknowledged({ appended, refused }: Tally, last: number, error: unknown): never {
  const { code, message } = describeError(error);
  const told = `${appended} events have receipts and ${refused} were refused; of ${last} lines read the others may or may not be in the log`;
  if (code === 'OUTPUT_CLOSED')
    throw new CliError('RECEIPTS_LOST', `nobody reads the receipts any more: ${told}`, { cause: error });
  if (error instanceof StoreFailure)
    throw new StoreFailure(error.code, `${message} (${told})`, { cause: error });
  if (error instanceof LogError) throw new LogError(error.code, `${message} (${told})`, { cause: error });
  throw error;
}
