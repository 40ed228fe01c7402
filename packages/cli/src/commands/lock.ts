import { setLegalHold } from '@zegel/store-s3';
import { bucketUrl } from '../run/bucket-url.ts';
import type { Command, Context } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { isOn, oneOf, only, required, wholeNumber } from '../run/given.ts';
import { LOG_OPTION } from '../run/locate.ts';
import { counted } from '../run/progress.ts';

/** `zegel lock`. */
export const lock: Command = {
  name: 'lock',
  usage: 'hold|release --log s3://BUCKET/PREFIX --from I --to I',
  about: [
    'What is held nobody deletes or prunes, however long its lock lasts, until it is released: for evidence in a dispute.',
    'A hold is on whole segments, so that entries around the range are held as well, and on the checkpoints that cover them.',
    "Needs s3:PutObjectLegalHold. It is the bucket's doing and no entry of the log: who may release is decided there.",
  ],
  options: {
    ...LOG_OPTION,
    from: { type: 'string', value: 'I', about: 'index of the first entry' },
    to: { type: 'string', value: 'I', about: 'index of the last entry' },
    json: { type: 'boolean', about: '{held,segments,checkpoints,versions,first}' },
  },
  examples: ["zegel lock hold --log 's3://audit-log/shop?region=eu-west-1' --from 1200 --to 1350"],
  async run(context) {
    const act = oneOf(only(context, 'hold or release'), 'what to do', ['hold', 'release']);
    const url = bucketUrl(context, 'lock');
    const from = indexOf(context, 'from', 0);
    const to = indexOf(context, 'to', from);
    const done = await setLegalHold(url, { from, to }, act === 'hold');
    const report = { held: act === 'hold', ...done };
    await context.out.write(
      isOn(context, 'json')
        ? `${JSON.stringify(report)}\n`
        : `${act === 'hold' ? 'held' : 'released'}: ${counted(done.segments)} segments from entry ${done.first} on, ${counted(done.checkpoints)} checkpoints, ${counted(done.versions)} versions\n`,
    );
    return EXIT.fine;
  },
};

function indexOf(context: Context, name: 'from' | 'to', least: number): number {
  const text = required(context, name, 'the index of an entry');
  return wholeNumber(text, `--${name}`, least, Number.MAX_SAFE_INTEGER);
}
