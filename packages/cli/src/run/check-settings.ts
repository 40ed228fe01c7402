import { openCheckpoint, parseVkey } from '@zegel/core';
import type { CheckSettings } from '@zegel/viewer';
import type { Context, Options } from './command.ts';
import { readText } from './files.ts';
import { optionText, optionTexts, wholeNumber } from './given.ts';
import { verifierKey } from './verifier-key.ts';

const LEAST_SECONDS = 5;
const DAY_SECONDS = 86_400;
const SECOND = 1000;

/** Options of how a log is checked while it is served. */
export const CHECK_OPTIONS: Options = {
  state: {
    type: 'string',
    value: 'DIR',
    about: 'what the checks remember, apart from log and keys; or by ZEGEL_STATE',
  },
  vkey: { type: 'string', value: 'KEY', about: 'the verifier key noted elsewhere, for the checks' },
  checkpoint: {
    type: 'string',
    multiple: true,
    value: 'FILE',
    about: 'a checkpoint kept elsewhere, for the checks; may be repeated',
  },
  'check-every': { type: 'string', value: 'SECONDS', about: 'between two rounds of checks; 60' },
};

/** Reads them. @throws CliError USAGE, FILE_MISSING; FormatError or NoteError for what is no checkpoint */
export async function checkSettings(context: Context): Promise<CheckSettings> {
  const state = optionText(context, 'state') || context.io.env['ZEGEL_STATE'];
  const vkey = optionText(context, 'vkey')?.trim();
  if (vkey !== undefined) verifierKey(vkey);
  const held = [];
  for (const from of optionTexts(context, 'checkpoint')) {
    const note = await readText(from);
    if (vkey !== undefined) openCheckpoint(note, [parseVkey(vkey)]);
    held.push({ note, from });
  }
  const seconds = optionText(context, 'check-every') ?? '60';
  return {
    ...(state && { state }),
    ...(vkey !== undefined && { vkey }),
    held,
    every: wholeNumber(seconds, '--check-every', LEAST_SECONDS, DAY_SECONDS) * SECOND,
  };
}
