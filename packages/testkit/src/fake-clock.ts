/** A clock that stands still until it is told otherwise. Milliseconds since 1970. */
export interface FakeClock {
  now(): number;
  /** Lets time pass; a negative amount turns the clock back. */
  advance(milliseconds: number): void;
  set(milliseconds: number): void;
}

/** A clock that starts at 2026-11-22T12:00:00.000Z unless told otherwise. */
export function fakeClock(start: number = Date.UTC(2026, 10, 22, 12)): FakeClock {
  let time = start;
  return {
    now: () => time,
    advance: (milliseconds) => {
      time += milliseconds;
    },
    set: (milliseconds) => {
      time = milliseconds;
    },
  };
}
