import { EventError } from './event/error.ts';

/** Events as JSON text, which nobody can change any more. @throws EventError when they are not JSON */
export function snapshot(events: readonly unknown[]): string {
  try {
    return JSON.stringify(events);
  } catch (cause) {
    throw new EventError([
      { path: '', message: `is not JSON: ${cause instanceof Error ? cause.message : String(cause)}` },
    ]);
  }
}

/** The id that its caller gave an event. */
export function idOf(event: unknown): string | undefined {
  const id = typeof event === 'object' && event !== null && 'id' in event ? event.id : undefined;
  return typeof id === 'string' ? id : undefined;
}
