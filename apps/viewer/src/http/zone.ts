import type { Services } from '../services.ts';

/** The time zone that the log's register names: pages tell times in it. */
export function zoneOf({ logs }: Pick<Services, 'logs'>): Promise<string> {
  return logs.use(async ({ register }) => register.timeZone);
}
