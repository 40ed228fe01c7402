import { openReader } from '@zegel/log';
import type { Command } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { none } from '../run/given.ts';
import { LOG_OPTION, logUrl } from '../run/locate.ts';

/** `zegel checkpoint`. */
export const checkpoint: Command = {
  name: 'checkpoint',
  usage: '[--log LOG]',
  about: [
    'The checkpoint covers everything acknowledged. Kept somewhere else, it is what `verify --checkpoint` compares with.',
  ],
  options: LOG_OPTION,
  examples: ['zegel checkpoint --log ./audit > /mnt/elsewhere/audit.checkpoint'],
  async run(context) {
    none(context);
    await using log = await openReader(logUrl(context));
    await context.out.write(await log.checkpoint());
    return EXIT.fine;
  },
};
