import { parseLocation } from '@zegel/log';
import { parseS3Url, publish as publishLog, type Published } from '@zegel/store-s3';
import type { Command } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { isOn, none, optionText } from '../run/given.ts';
import { LOG_OPTION } from '../run/locate.ts';
import { counted } from '../run/progress.ts';
import { bucketUrl } from '../run/bucket-url.ts';
import { verifierKey } from '../run/verifier-key.ts';

/** `zegel publish`. */
export const publish: Command = {
  name: 'publish',
  usage: '--log s3://BUCKET/PREFIX [--to s3://BUCKET[/PREFIX] | --bundles]',
  about: [
    'Puts tiles of hashes and then the checkpoint beside the log, from which anybody with a tlog-tiles client checks proofs.',
    'Needs no key. May be run by several machines at once and at any time: it goes on where the public checkpoint ends, and',
    'never takes one back. With --to they are put in another bucket or prefix, in which there is no log. With --bundles also the',
    'entries, beside the log, for whoever may read those objects; a bundle with a body that is pruned, or that a retention entry',
    'names, is left out and taken away.',
  ],
  options: {
    ...LOG_OPTION,
    to: { type: 'string', value: 'URL', about: 'another place for them, in which there is no log' },
    bundles: { type: 'boolean', about: 'also the entries, in bundles' },
    repair: { type: 'boolean', about: 'looks at every object from the first on, and mends it' },
    vkey: { type: 'string', value: 'KEY', about: 'the verifier key noted elsewhere' },
    json: {
      type: 'boolean',
      about: '{origin,size,root,before,tiles,bundles,withheld,removed,advanced}',
    },
  },
  examples: [
    "zegel publish --log 's3://audit-log/shop?region=eu-west-1'",
    "zegel publish --log 's3://audit-log/shop?region=eu-west-1' --to 's3://audit-public/shop?region=eu-west-1'",
  ],
  async run(context) {
    none(context);
    const url = bucketUrl(context, 'publish');
    parseS3Url(url);
    const to = optionText(context, 'to');
    if (to !== undefined) parseS3Url(to);
    const vkey = optionText(context, 'vkey')?.trim();
    if (vkey !== undefined) verifierKey(vkey);
    const report = await publishLog(url, {
      home: parseLocation(url).dir,
      bundles: isOn(context, 'bundles'),
      repair: isOn(context, 'repair'),
      ...(vkey !== undefined && { vkey }),
      ...(to !== undefined && { to }),
    });
    await context.out.write(isOn(context, 'json') ? `${JSON.stringify(report)}\n` : words(report));
    return EXIT.fine;
  },
};

function words({
  origin,
  size,
  root,
  before,
  tiles,
  bundles,
  withheld,
  removed,
  advanced,
}: Published): string {
  const whole = `${origin}: ${counted(size)} entries are public, root ${root}`;
  const put = `${counted(before)} were before; put: ${counted(tiles)} tiles, ${counted(bundles)} bundles, ${advanced ? 'the checkpoint' : 'no checkpoint'}`;
  const left =
    withheld > 0 ? [`${counted(withheld)} bundles are left out: bodies in them are gone or are to go`] : [];
  const gone = removed > 0 ? [`${counted(removed)} objects of bundles were removed for the same reason`] : [];
  return `${[whole, put, ...left, ...gone].join('\n')}\n`;
}
