import { openReader } from '@zegel/log';
import type { Command } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { writeOutput } from '../run/files.ts';
import { only, required, wholeNumber } from '../run/given.ts';
import { LOG_OPTION, logUrl } from '../run/locate.ts';

/** `zegel prove`. */
export const prove: Command = {
  name: 'prove',
  usage: '[--log LOG] INDEX -o FILE',
  about: [
    'The proof (C2SP tlog-proof) holds an inclusion proof and the newest checkpoint. `-o -`: standard output.',
  ],
  options: {
    ...LOG_OPTION,
    out: { type: 'string', short: 'o', value: 'FILE', about: 'where the proof goes' },
  },
  examples: [
    'zegel prove --log ./audit 42 -o 42.tlog-proof',
    'zegel show --log ./audit 42 --raw > 42.entry',
    'zegel verify-proof 42.tlog-proof --entry 42.entry --vkey "$(zegel vkey --log ./audit)"',
  ],
  async run(context) {
    const index = wholeNumber(only(context, 'INDEX'), 'INDEX', 0, Number.MAX_SAFE_INTEGER);
    const file = required(context, 'out', 'where does the proof go?');
    await using log = await openReader(logUrl(context));
    const proof = await log.prove(index);
    await writeOutput(file, context.out, (write) => write(proof));
    return EXIT.fine;
  },
};
