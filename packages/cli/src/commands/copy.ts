import { copyLog, type CopyReport } from '@zegel/log';
import type { Command, Context } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { isOn, none, optionText, required } from '../run/given.ts';
import { KEYS_OPTION } from '../run/locate.ts';
import { counted } from '../run/progress.ts';
import { verifierKey } from '../run/verifier-key.ts';

/** `zegel copy`. */
export const copy: Command = {
  name: 'copy',
  usage: '--from LOG --to LOG [--keys DIR]',
  about: [
    'Same origin, entries, signatures and vault, folder or bucket on either side. The source is verified first, the copy',
    'afterwards. Interrupted, it goes on where the target ends; what was appended to the source since is copied by another run.',
    'Append to one of the two only: stop writers first, copy, and start them on the target.',
    'Without --keys each side has its own key folder, and the target gets the keys of the source where it has none.',
  ],
  options: {
    from: { type: 'string', value: 'LOG', about: 'the log to copy: a folder, or s3://bucket/prefix' },
    to: {
      type: 'string',
      value: 'LOG',
      about: 'where to: an empty place, or one that an earlier copy began',
    },
    keys: { ...KEYS_OPTION['keys'], type: 'string', about: 'one key folder for both; or by ZEGEL_KEYS' },
    vkey: { type: 'string', value: 'KEY', about: 'the verifier key noted elsewhere' },
    'all-checkpoints': {
      type: 'boolean',
      about: 'every stored checkpoint, and not only one for some thousands of entries',
    },
    json: {
      type: 'boolean',
      about: '{origin,size,root,before,copied,checkpoints,handles,keys,keysCopied}',
    },
  },
  examples: ["zegel copy --from ./audit --to 's3://audit-log/shop?region=eu-west-1'"],
  async run(context) {
    none(context);
    const from = required(context, 'from', 'which log is to be copied?');
    const to = required(context, 'to', 'where to?');
    const report = await copyLog(from, to, optionsOf(context));
    context.progress.clear();
    await context.out.write(isOn(context, 'json') ? `${JSON.stringify(report)}\n` : words(report, from, to));
    return EXIT.fine;
  },
};

function optionsOf(context: Context): Parameters<typeof copyLog>[2] {
  const keys = optionText(context, 'keys') || context.io.env['ZEGEL_KEYS'];
  const vkey = optionText(context, 'vkey')?.trim();
  if (vkey !== undefined) verifierKey(vkey);
  return {
    allCheckpoints: isOn(context, 'all-checkpoints'),
    ...(keys && { keys }),
    ...(vkey !== undefined && { vkey }),
    onProgress: (doing, done, of) =>
      context.progress.tell(() => `${doing}: ${counted(done)} of ${counted(of)} entries`),
  };
}

function words(report: CopyReport, from: string, to: string): string {
  const { origin, size, root, before, copied, checkpoints, handles, keys, keysCopied } = report;
  return [
    `${origin}: ${counted(size)} entries, root ${root}, the same in both`,
    `from  ${from}`,
    `to    ${to}`,
    `copied ${counted(copied)} entries (${counted(before)} were there), ${counted(checkpoints)} checkpoints, ${counted(handles)} handles of persons`,
    `keys  ${keys}${keysCopied ? ', copied' : ''}`,
    '',
    'From now on append to one of the two only.',
    '',
  ].join('\n');
}
