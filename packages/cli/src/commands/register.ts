import { parseRegister, registerTypes } from '@zegel/log';
import { usage } from '../run/cli-error.ts';
import type { Command } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { readJson } from '../run/read-json.ts';

/** `zegel register types`. */
export const register: Command = {
  name: 'register',
  usage: 'types FILE',
  about: [
    'The types go to standard output: unions of names, a `Register` type, and the `Event` that fits it.',
  ],
  options: {},
  examples: ['zegel register types register.json > register.types.ts'],
  async run({ rest, out }) {
    const [verb, file, extra] = rest;
    if (verb !== 'types') throw usage('zegel register knows one thing to do: types FILE');
    if (file === undefined) throw usage('FILE is missing: zegel register types FILE');
    if (extra !== undefined) throw usage(`one FILE, not also "${extra}"`);
    await out.write(registerTypes(parseRegister(await readJson(file))));
    return EXIT.fine;
  },
};
