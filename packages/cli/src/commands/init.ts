import { isOwnName, ZegelError } from '@zegel/core';
import {
  builtinRegister,
  createLog,
  LogError,
  openReader,
  parseLocation,
  parseRegister,
  type RegisterDocument,
  shortestTerms,
} from '@zegel/log';
import { isBucketUrl } from '../run/bucket-url.ts';
import { usage } from '../run/cli-error.ts';
import type { Command } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { isOn, none, required, optionText } from '../run/given.ts';
import { KEYS_OPTION, keysOf, LOG_OPTION, logUrl } from '../run/locate.ts';
import { readJson } from '../run/read-json.ts';

/** `zegel init`. */
export const init: Command = {
  name: 'init',
  usage: '--log LOG --origin NAME [--register FILE]',
  about: [
    'NAME is what the log is called for ever: a URL without its scheme, such as shop.example/audit. Without --register',
    'a built-in register serves, with the activities `general` and `imported`. An existing log is never touched.',
    'In a bucket it looks first whether versions, Object Lock and creates are what a log needs, and says what is missing.',
  ],
  options: {
    ...LOG_OPTION,
    ...KEYS_OPTION,
    origin: { type: 'string', value: 'NAME', about: 'name of the log' },
    register: { type: 'string', value: 'FILE', about: 'register of processing activities, JSON' },
    'create-bucket': {
      type: 'boolean',
      about: 'makes the bucket of the log, with Object Lock, and that of its vault',
    },
    json: { type: 'boolean', about: '{log,origin,vkey,keys}; in a bucket also made and notes' },
  },
  examples: [
    'zegel init --log ./audit --origin shop.example/audit --register register.json',
    "zegel init --log 's3://audit-log/shop?region=eu-west-1' --create-bucket --origin shop.example/audit",
  ],
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
    const bucket = await lookAt(url, isOn(context, 'create-bucket'), register);
    await createLog(location, keys, { origin }, register);
    await using log = await openReader(url);
    const { vkey } = log;
    const report = { log: bucket === undefined ? location.dir : url, origin, vkey, keys, ...bucket };
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
  throw new LogError('LOG_EXISTS', `${isBucketUrl(url) ? url : dir} holds a log already`);
}

const NO_LOG: ReadonlySet<string> = new Set(['STORE_NOT_FOUND', 'LOG_NOT_FOUND']);

/** What was made of the place of a log in a bucket, and what its owner should know. */
interface BucketReport {
  readonly made: readonly string[];
  readonly notes: readonly string[];
}

/** Makes buckets where that is asked for, and looks at both. @throws StoreError STORE_UNSAFE, saying all that is missing */
async function lookAt(
  url: string,
  create: boolean,
  register: RegisterDocument | undefined,
): Promise<BucketReport | undefined> {
  if (!isBucketUrl(url)) {
    if (create) throw usage('--create-bucket is for a log in a bucket (s3://bucket/prefix)');
    return undefined;
  }
  const { prepareBuckets, probe, StoreError } = await import('@zegel/store-s3');
  const made = await prepareBuckets(url, { create });
  const { missing, notes } = await probe(url, { terms: shortestTerms(register ?? builtinRegister) });
  if (missing.length > 0) throw new StoreError('STORE_UNSAFE', missing.join(' '));
  return { made, notes };
}

interface Report extends Partial<BucketReport> {
  readonly log: string;
  readonly origin: string;
  readonly vkey: string;
  readonly keys: string;
}

function words({ log, origin, vkey, keys, made = [], notes = [] }: Report): string {
  const place = [...made.map((name) => `made    bucket ${name}`), ...notes.map((note) => `note    ${note}`)];
  return `${place.map((line) => `${line}\n`).join('')}log     ${log}
origin  ${origin}
vkey    ${vkey}
keys    ${keys}

Keep elsewhere: the verifier key above (print it, mail it), and checkpoints as they come (append --checkpoint-to).
Keep safe: the key folder. Without it nobody is shown and nothing is appended; a key folder inside the log's is for
development. Back it up apart from the log.
`;
}
