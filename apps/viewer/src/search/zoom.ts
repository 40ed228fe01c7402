import { localTime } from '@zegel/reading';
import { planQuery, type Step } from '@zegel/search';

/** The terms that stand for `from <= occurred < to` (ms), as short as the zone allows: days, times of the wall, else UTC. */
export function zoomTerms(from: number, to: number, step: Step, timeZone: string): string {
  const text = (ms: number): string => instantText(ms, step, timeZone);
  return `after:${text(from)} before:${text(to)}`;
}

function instantText(ms: number, { unit }: Step, timeZone: string): string {
  const iso = new Date(ms).toISOString();
  const [day = '', time = ''] = localTime(iso, timeZone).split(' ');
  const forms = unit === 'hour' || unit === 'minute' ? [`${day}T${time.slice(0, 5)}`] : [day];
  // A time that the wall shows twice or never stands for another instant: then UTC has to do.
  return forms.find((form) => startOf(form, timeZone) === ms) ?? iso.replace(/:00\.000Z$/, 'Z');
}

function startOf(form: string, timeZone: string): number | undefined {
  const test = planQuery(`after:${form}`, { now: 0, timeZone }).conditions[0]?.any[0];
  return test?.kind === 'time' ? test.from : undefined;
}
