import { checkpointTo, type OnCheckpoint } from '@zegel/log';
import type { Context, Options } from './command.ts';
import { describeError } from './describe-error.ts';
import { EXIT } from './exit.ts';
import { optionText } from './given.ts';

/** The option of commands that append. */
export const CHECKPOINT_OPTION: Options = {
  'checkpoint-to': {
    type: 'string',
    value: 'FILE|URL',
    about: 'keeps the newest checkpoint in a file elsewhere, or POSTs each to a URL',
  },
};

/** Checkpoints on their way out of the machine. */
export interface CheckpointsOut {
  readonly onCheckpoint?: OnCheckpoint;
  /** The status to end with: not fine when the newest checkpoint did not arrive, though everything appended is durable. */
  readonly status: () => number;
}

/** Where the checkpoints of a command go; problems are told in a line each and held against the status. */
export function checkpointsOut(context: Context): CheckpointsOut {
  const target = optionText(context, 'checkpoint-to');
  if (target === undefined) return { status: () => EXIT.fine };
  const send = checkpointTo(target);
  let status: number = EXIT.fine;
  return {
    onCheckpoint: async (note) => {
      try {
        await send(note);
        status = EXIT.fine;
      } catch (error) {
        status = EXIT.unable;
        context.complain(`CHECKPOINT_NOT_SENT: ${target}: ${describeError(error).message}`);
      }
    },
    status: () => status,
  };
}
