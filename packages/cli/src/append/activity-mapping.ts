import type { ActivityMapping } from '@zegel/interop';
import type { CompiledRegister } from '@zegel/log';
import { CliError, usage } from '../run/cli-error.ts';
import type { Context, Options } from '../run/command.ts';
import { optionText, optionTexts } from '../run/given.ts';

const DEFAULT_ACTIVITY = 'imported';

/** The options of an import about activities. */
export const ACTIVITY_OPTIONS: Options = {
  activity: {
    type: 'string',
    value: 'KEY',
    about: `activity of what the map does not name; else ${DEFAULT_ACTIVITY}`,
  },
  'activity-map': {
    type: 'string',
    multiple: true,
    value: 'CODE=KEY',
    about:
      "activity of a source's own code (fhir: purpose; cloudtrail: service or operation); may be repeated",
  },
};

/** Reads `--activity` and `--activity-map`. @throws CliError USAGE */
export function activityMapping(context: Context): ActivityMapping {
  const pairs = optionTexts(context, 'activity-map').map((pair) => {
    const at = pair.lastIndexOf('=');
    if (at < 1 || at === pair.length - 1) throw usage(`--activity-map is CODE=KEY, not "${pair}"`);
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  return { default: optionText(context, 'activity') ?? DEFAULT_ACTIVITY, map: Object.fromEntries(pairs) };
}

/** Makes sure that the log's register has the activities. @throws CliError ACTIVITY_UNKNOWN */
export function requireActivities({ activities }: CompiledRegister, mapping: ActivityMapping): void {
  const known = [...activities.keys()];
  for (const key of [mapping.default ?? DEFAULT_ACTIVITY, ...Object.values(mapping.map ?? {})]) {
    if (activities.has(key)) continue;
    const way = key === DEFAULT_ACTIVITY ? 'name one with --activity, or map codes to them' : 'it has';
    throw new CliError(
      'ACTIVITY_UNKNOWN',
      `the register of this log has no activity "${key}"; ${way}: ${known.join(', ')}`,
    );
  }
}
