import { isOwnName, ZegelError } from '@zegel/core';
import { createLog, LogError, openReader, parseLocation, parseRegister } from '@zegel/log';
import { usage } from '../run/cli-error.ts';
import type { Command } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { isOn, none, required, optionText } from '../run/given.ts';
import { KEYS_OPTION, keysOf, LOG_OPTION, logUrl } from '../run/locate.ts';
import { readJson } from '../run/read-json.ts';

/** `zegel init`. */
export const init: Command = {
  name: 'init',
  summary: 'makes a log and its keys',
  usage: '--log LOG --origin NAME [--register FILE]',
  about: [
    'NAME is what the log is called for ever: a URL without its scheme, such as shop.example/audit. Without --register',
    'a built-in register serves, with the activities `general` and `imported`. An existing log is never touched.',
  ],
  options: {
    ...LOG_OPTION,
    ...KEYS_OPTION,
    origin: { type: 'string', value: 'NAME', about: 'name of the log' },
    register: { type: 'string', value: 'FILE', about: 'register of processing activities, JSON' },
    json: { type: 'boolean', about: '{log,origin,vkey,keys}' },
  },
  examples: ['zegel init --log ./audit --origin shop.example/audit --register register.json'],
  async run(context) {
    none(context);
    const url = logUrl(context);
    const origin = required(
      context,
      'origin',
      'what is the log called for ever, such as shop.example/audit?',
    );
    if (!isOwnName(origin)) throw usage('--origin has 1 to 255 bytes without spaces, controls or "+"');
    const file = optionText(context, 'register');
    const register = file === undefined ? undefined : parseRegister(await readJson(file));
    const location = parseLocation(url);
    const keys = keysOf(context, url);
    await requireNone(url, location.dir);
    await createLog(location, keys, { origin }, register);
    await using log = await openReader(url);
    const { vkey } = log;
    const report = { log: location.dir, origin, vkey, keys };
    await context.out.write(isOn(context, 'json') ? `${JSON.stringify(report)}\n` : words(report));
    return EXIT.fine;
  },
};

/** Looks without touching. What an earlier attempt left without entries is no log yet. @throws LogError LOG_EXISTS */
async function requireNone(url: string, dir: string): Promise<void> {
  try {
    await (await openReader(url)).close();
  } catch (error) {
    if (error instanceof ZegelError && NO_LOG.has(error.code)) return;
    throw error;
  }
  throw new LogError('LOG_EXISTS', `${dir} holds a log already`);
}

const NO_LOG: ReadonlySet<string> = new Set(['STORE_NOT_FOUND', 'LOG_NOT_FOUND']);

function words({
  log,
  origin,
  vkey,
  keys,
}: Readonly<Record<'log' | 'origin' | 'vkey' | 'keys', string>>): string {
  return `log     ${log}
origin  ${origin}
vkey    ${vkey}
keys    ${keys}

Keep elsewhere: the verifier key above (print it, mail it), and checkpoints as they come (append --checkpoint-to).
Keep safe: the key folder. Without it nobody is shown and nothing is appended; a key folder inside the log's is for
development. Back it up apart from the log.
`;
}
