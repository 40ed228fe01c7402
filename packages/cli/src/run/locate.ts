import { join } from 'node:path';
import { parseLocation } from '@zegel/log';
import { usage } from './cli-error.ts';
import type { Context, Options } from './command.ts';
import { optionText } from './given.ts';

/** The option that every command on a log has. */
export const LOG_OPTION: Options = {
  log: {
    type: 'string',
    value: 'LOG',
    about: 'the log: a folder such as ./audit, or s3://bucket/prefix; or by ZEGEL_LOG',
  },
};

/** The option of commands that need keys. */
export const KEYS_OPTION: Options = {
  keys: {
    type: 'string',
    value: 'DIR',
    about: "the key folder; or by ZEGEL_KEYS; else keys in the log's folder, or in ~/.config/zegel",
  },
};

/** Names the log. @throws CliError USAGE when nothing names one */
export function logUrl(context: Context): string {
  const url = optionText(context, 'log') ?? context.io.env['ZEGEL_LOG'];
  if (url !== undefined && url !== '') return url;
  throw usage('which log? Name it with --log or ZEGEL_LOG');
}

/** The key folder of a log. */
export function keysOf(context: Context, url: string): string {
  return optionText(context, 'keys') || context.io.env['ZEGEL_KEYS'] || parseLocation(url).keys;
}

/** Where the derived index of a log is. */
export function indexPath(url: string): string {
  return join(parseLocation(url).dir, 'index.db');
}
