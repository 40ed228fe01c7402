import type { SealedPart } from '@zegel/core';
import { type Log, openLog, openReader, type StoredEntry } from '@zegel/log';
import {
  type EntryObject,
  mentionsOf,
  openSealed,
  parseBody,
  recordConsultation,
  sentence,
  showEntry,
} from '@zegel/reading';
import { timeZoneOf, ZONE_OPTION } from '../consult/time-zone.ts';
import { CliError, usage } from '../run/cli-error.ts';
import type { Command, Context } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { isOn, oneOf, only, optionText, wholeNumber } from '../run/given.ts';
import { KEYS_OPTION, keysOf, LOG_OPTION, logUrl } from '../run/locate.ts';
import { detailLines } from '../say/details.ts';

/** `zegel show`. */
export const show: Command = {
  name: 'show',
  usage: '[--log LOG] INDEX',
  about: [
    'In plain words, with everything the entry says and the sealed parts that can be opened. An entry of this consultation',
    'is appended first. --raw gives the exact bytes of the entry: no keys are needed and nothing is appended.',
  ],
  options: {
    ...LOG_OPTION,
    ...KEYS_OPTION,
    json: {
      type: 'boolean',
      about: 'the entry object, persons as {type,id} or {ref}, sealed parts with their value',
    },
    raw: { type: 'boolean', about: 'the exact bytes' },
    lang: { type: 'string', value: 'LANG', about: 'en or nl; else en' },
    ...ZONE_OPTION,
  },
  examples: ['zegel show --log ./audit 42', 'zegel show --log ./audit 42 --raw | sha256sum'],
  async run(context) {
    const index = wholeNumber(only(context, 'INDEX'), 'INDEX', 0, Number.MAX_SAFE_INTEGER);
    if (isOn(context, 'raw') && isOn(context, 'json')) throw usage('--raw or --json, not both');
    return isOn(context, 'raw') ? raw(context, index) : shown(context, index);
  },
};

async function raw(context: Context, index: number): Promise<number> {
  await using log = await openReader(logUrl(context));
  const { bytes } = await log.entry(index);
  if (bytes === undefined) throw bodyMissing(index);
  await context.out.write(bytes);
  return EXIT.fine;
}

async function shown(context: Context, index: number): Promise<number> {
  const language = oneOf(optionText(context, 'lang') ?? 'en', '--lang', ['en', 'nl']);
  const url = logUrl(context);
  await using log = await openLog(url, { keys: keysOf(context, url) });
  const timeZone = timeZoneOf(context, log.register.timeZone);
  const stored = await log.entry(index);
  const entry = await showEntry(log, log.vault, stored);
  if (entry === undefined) throw bodyMissing(index);
  const object = await withSealed(log, stored, entry.object);
  const { persons } = entry;
  await recordConsultation(log, {
    action: 'read',
    operation: 'log.show',
    user: context.io.user,
    persons,
    fields: ['index'],
  });
  const words = (): string =>
    [sentence(object, log.register, timeZone, language), '', ...detailLines(object), ''].join('\n');
  await context.out.write(isOn(context, 'json') ? `${JSON.stringify(object)}\n` : words());
  return EXIT.fine;
}

/** The entry with the `value` of each sealed part that opens beside its box. */
async function withSealed(log: Log, stored: StoredEntry, object: EntryObject): Promise<EntryObject> {
  const body = parseBody(stored);
  const sealed = object['sealed'];
  if (body === undefined || !Array.isArray(sealed)) return object;
  const mentions = await mentionsOf(log, stored.index, body);
  const parts = (sealed as readonly SealedPart[]).map((part, at) => {
    const value = openSealed(log.vault, log.origin, body, mentions, part, at);
    return value === undefined ? part : { ...part, value };
  });
  return { ...object, sealed: parts };
}

function bodyMissing(index: number): CliError {
  return new CliError(
    'BODY_MISSING',
    `entry ${index} has no body any more; verify tells whether that was lawful`,
  );
}
