import type { AccessEvent } from '@zegel/log';
import { dayStart } from '@zegel/search';
import { dashboard } from './dashboard.ts';
import { desk } from './desk.ts';
import { Dice } from './dice.ts';
import { type Fact, HOUR, type Moment, WORKING_HOURS } from './moment.ts';
import { orders } from './orders.ts';
import { CUSTOMERS } from './people.ts';
import { unusual } from './unusual.ts';
import { bulkExport, website } from './website.ts';

/** Everything that happened on one day, in order. */
export interface WorkingDay {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly accesses: readonly AccessEvent[];
  readonly facts: readonly (Fact & { readonly occurred: string })[];
}

/** The last weekday before the day on which something was recorded (`YYYY-MM-DD…`). */
export function workdayBefore(recorded: string): string {
  const day = new Date(`${recorded.slice(0, 10)}T12:00:00Z`);
  do day.setUTCDate(day.getUTCDate() - 1);
  while (day.getUTCDay() % 6 === 0);
  return day.toISOString().slice(0, 10);
}

/** The traffic of a day: the same day gives the same events with the same ids. */
export function workingDay(date: string, timeZone: string): WorkingDay {
  const dice = new Dice(2019_03_05);
  const parts = [orders(dice), { moments: dashboard(dice), facts: [] }, desk(dice), website(dice), unusual()];
  const moments = [...parts.flatMap(({ moments: all }) => all), bulkExport(CUSTOMERS)];
  const start = dayStart(date, 0, timeZone) + 8 * HOUR;
  const time = (at: number): string => new Date(start + Math.floor(at)).toISOString();
  const withinDay = ({ at }: { readonly at: number }): boolean => at < WORKING_HOURS * HOUR;
  const ordered = moments.filter(withinDay).toSorted((a: Moment, b: Moment) => a.at - b.at);
  return {
    date,
    accesses: ordered.map(({ at, event }, n) => ({ ...event, occurred: time(at), id: `${date}/${n + 1}` })),
    facts: parts
      .flatMap(({ facts }) => facts)
      .filter(withinDay)
      .toSorted((a, b) => a.at - b.at)
      .map((fact) => ({ ...fact, occurred: time(fact.at) })),
  };
}
