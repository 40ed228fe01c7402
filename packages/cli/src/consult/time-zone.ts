import { usage } from '../run/cli-error.ts';
import type { Context, Options } from '../run/command.ts';
import { optionText } from '../run/given.ts';

/** The option of commands that tell times. */
export const ZONE_OPTION: Options = {
  tz: { type: 'string', value: 'ZONE', about: "time zone of days and times; else the register's" },
};

/** The zone asked for, else the register's. @throws CliError USAGE */
export function timeZoneOf(context: Context, otherwise: string): string {
  const zone = optionText(context, 'tz');
  if (zone === undefined) return otherwise;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    throw usage(`--tz is an IANA time zone such as Europe/Amsterdam, not "${zone}"`);
  }
}
