const HOUR = 60;
/** Minutes after which a day begins anew, without its night. */
const EVENING_ENDS = 23 * HOUR;
const OPENS = 8 * HOUR;

/** How busy it is by the hour, as share of the busiest, from 8:00: a morning, a lunch, an afternoon, a quiet evening. */
const BUSY = [0.5, 0.9, 1, 0.9, 0.4, 0.9, 1, 0.8, 0.6, 0.2, 0.1, 0.12, 0.15, 0.1, 0.05] as const;

/** A clock that runs so many times as fast, from 8:00, and skips the nights. */
export class OfficeClock {
  readonly #began: number;
  readonly #speed: number;
  readonly #now: () => number;

  constructor(speed: number, now: () => number = () => performance.now()) {
    this.#speed = speed;
    this.#now = now;
    this.#began = now();
  }

  /** Minutes since midnight, 8:00 to 23:00. */
  get minute(): number {
    const passed = ((this.#now() - this.#began) / 60_000) * this.#speed;
    return OPENS + (passed % (EVENING_ENDS - OPENS));
  }

  /** `14:05` */
  get text(): string {
    const { minute } = this;
    const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
    return `${two(minute / HOUR)}:${two(minute % HOUR)}`;
  }

  /** Share of the busiest hour, above 0. */
  get busy(): number {
    return BUSY[Math.floor((this.minute - OPENS) / HOUR)] ?? 1;
  }

  /** Milliseconds that so many minutes of the office take. */
  lasting(minutes: number): number {
    return (minutes * 60_000) / this.#speed;
  }
}
