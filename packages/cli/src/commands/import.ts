import { openLog } from '@zegel/log';
import { ACTIVITY_OPTIONS, activityMapping, requireActivities } from '../append/activity-mapping.ts';
import { type ImportCounts, importFiles, type ImportRefused } from '../append/import-files.ts';
import { CHECKPOINT_OPTION, checkpointsOut } from '../run/checkpoint-out.ts';
import { CliError, usage } from '../run/cli-error.ts';
import type { Command, Context } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { isOn, oneOf, required } from '../run/given.ts';
import { KEYS_OPTION, keysOf, LOG_OPTION, logUrl } from '../run/locate.ts';
import { counted } from '../run/progress.ts';

const FORMATS = ['fhir', 'cloudtrail'] as const;

/** `zegel import`. */
export const importCommand: Command = {
  name: 'import',
  usage: `[--log LOG] --from ${FORMATS.join('|')} FILE…`,
  about: [
    'Reads single records, lists, Bundles (fhir), Records (cloudtrail) and NDJSON, plain or gzip. What the source does not',
    'say is not invented; what cannot be mapped is refused with the reason. Importing again appends nothing.',
  ],
  options: {
    ...LOG_OPTION,
    ...KEYS_OPTION,
    from: { type: 'string', value: 'FORMAT', about: FORMATS.join(' or ') },
    ...ACTIVITY_OPTIONS,
    json: { type: 'boolean', about: '{read,appended,duplicate,refused:[{file,line?,reason}]}' },
    ...CHECKPOINT_OPTION,
  },
  examples: [
    'zegel import --log ./audit --from cloudtrail trail/*.json.gz',
    'zegel import --log ./audit --from fhir --activity-map TREAT=treatment AuditEvent.ndjson',
  ],
  endsItself: true,
  async run(context) {
    const from = oneOf(required(context, 'from', 'which format?'), '--from', FORMATS);
    if (context.rest.length === 0) throw usage('FILE is missing');
    const activity = activityMapping(context);
    const url = logUrl(context);
    const checkpoints = checkpointsOut(context);
    const { onCheckpoint } = checkpoints;
    const log = await openLog(url, { keys: keysOf(context, url), ...(onCheckpoint && { onCheckpoint }) });
    const refused: ImportRefused[] = [];
    const onRefused = (one: ImportRefused): void => {
      if (isOn(context, 'json')) refused.push(one);
      else context.complain(`${one.file}${one.line === undefined ? '' : `:${one.line}`}: ${one.reason}`);
    };
    const onProgress = ({ read }: ImportCounts): void =>
      context.progress.tell(() => `read ${counted(read)} records`);
    try {
      requireActivities(log.register, activity);
      const { signal } = context.io;
      const counts = await importFiles({
        log,
        from,
        files: context.rest,
        activity,
        signal,
        onRefused,
        onProgress,
      });
      await report(context, counts, refused);
      if (signal.aborted) throw new CliError('INTERRUPTED', 'stopped; import again to bring in the rest');
      return statusOf(context, counts) || checkpoints.status();
    } finally {
      await log.close();
    }
  },
};

async function report(
  context: Context,
  counts: ImportCounts,
  refused: readonly ImportRefused[],
): Promise<void> {
  const { read, appended, duplicate } = counts;
  context.progress.clear();
  if (isOn(context, 'json'))
    await context.out.write(`${JSON.stringify({ read, appended, duplicate, refused })}\n`);
  else
    await context.out.write(
      `read ${read}, appended ${appended}, duplicate ${duplicate}, refused ${counts.refused}\n`,
    );
}

function statusOf({ rest }: Context, { refused, unreadable }: ImportCounts): number {
  if (unreadable === rest.length) return EXIT.unable;
  return refused > 0 ? EXIT.refused : EXIT.fine;
}
