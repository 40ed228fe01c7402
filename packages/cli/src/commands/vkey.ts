import { openReader } from '@zegel/log';
import type { Command } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { none } from '../run/given.ts';
import { LOG_OPTION, logUrl } from '../run/locate.ts';

/** `zegel vkey`. */
export const vkey: Command = {
  name: 'vkey',
  usage: '[--log LOG]',
  about: [
    'The key (C2SP signed-note) is what the log says of itself. Note it once, elsewhere, and give it to',
    '`verify --vkey` and `verify-proof --vkey`.',
  ],
  options: LOG_OPTION,
  examples: ['zegel vkey --log ./audit'],
  async run(context) {
    none(context);
    await using log = await openReader(logUrl(context));
    await context.out.write(`${log.vkey}\n`);
    return EXIT.fine;
  },
};
