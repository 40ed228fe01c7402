const HOUR = 3_600_000;

/** An hour before a time. */
export function earlier(time: unknown): string {
  return new Date(Date.parse(String(time)) - HOUR).toISOString();
}

/** An hour after a time. */
export function later(time: unknown): string {
  return new Date(Date.parse(String(time)) + HOUR).toISOString();
}
