import { type Log, openLog } from '@zegel/log';
import { appendLines, type Tally } from '../append/append-lines.ts';
import { CHECKPOINT_OPTION, checkpointsOut } from '../run/checkpoint-out.ts';
import { CliError } from '../run/cli-error.ts';
import type { Command, Context } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { none } from '../run/given.ts';
import { KEYS_OPTION, keysOf, LOG_OPTION, logUrl } from '../run/locate.ts';

/** `zegel append`. */
export const append: Command = {
  name: 'append',
  usage: '[--log LOG] < EVENTS',
  about: [
    'EVENTS is NDJSON: an access event a line. Receipts {id,entry,index,count,leafHash} come out in the same order, each',
    'once its entry is durable. A bad line is refused with its number and everything that is wrong with it; the good',
    'ones are kept, and the exit status is 1.',
  ],
  options: { ...LOG_OPTION, ...KEYS_OPTION, ...CHECKPOINT_OPTION },
  examples: [
    'zegel append --log ./audit < events.ndjson',
    'zegel append --checkpoint-to /mnt/elsewhere/audit.checkpoint < events.ndjson',
  ],
  endsItself: true,
  async run(context) {
    none(context);
    const url = logUrl(context);
    const checkpoints = checkpointsOut(context);
    const { onCheckpoint } = checkpoints;
    const { refused } = await appended(
      context,
      await openLog(url, { keys: keysOf(context, url), ...(onCheckpoint && { onCheckpoint }) }),
    );
    if (context.io.signal.aborted)
      throw new CliError('INTERRUPTED', 'stopped; every line with a receipt is in the log');
    return refused > 0 ? EXIT.refused : checkpoints.status();
  },
};

/** Appends what is on the input and closes the log, which sends the last checkpoint. */
async function appended(context: Context, log: Log): Promise<Tally> {
  try {
    return await appendLines(context, log);
  } finally {
    await log.close();
  }
}
