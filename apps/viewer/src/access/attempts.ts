import { randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import { hmacSha256 } from '@zegel/core';
import { ATTEMPT_SQL } from './access-sql.ts';

const MINUTE = 60_000;
/** Failures are forgotten after so long without another. */
const MEMORY = 24 * 60 * MINUTE;

/** When failures close a door, and for how long. */
interface Limit {
  /** Failures that cost nothing yet. */
  readonly free: number;
  /** Closed after the failure that comes next, in ms; doubled by each further one, up to `most`. */
  readonly first: number;
  readonly most: number;
}

/** A person mistypes a few times; a machine gets some 100 guesses a day at a name, some 200 from an address. */
const LIMITS: Readonly<Record<'name' | 'address', Limit>> = {
  name: { free: 4, first: MINUTE, most: 15 * MINUTE },
  address: { free: 19, first: MINUTE, most: 15 * MINUTE },
};

interface Row {
  readonly failed: number;
  /** The door is closed until then. */
  readonly until: number;
}

interface Door {
  readonly who: Buffer;
  readonly limit: Limit;
  readonly row: Row;
}

/** One who tries to log in. */
export interface Trier {
  readonly name: string;
  /** As `addressGroup` has it. */
  readonly address: string;
}

/** How an attempt begins. */
export interface Begun {
  /** Ms until the door opens again; 0: go on. */
  readonly wait: number;
  /** Until when it closed the doors of name and address; 0: left open. */
  readonly closed: readonly [name: number, address: number];
}

/**
 * Counts attempts to log in, per user name and per address, in `access.db`: a restart forgets none. Names that nobody has
 * count as others do, and what was typed as a name is kept as a keyed hash only: it may be a secret in the wrong box.
 */
export class Attempts {
  readonly #db: Database.Database;
  readonly #pepper: Uint8Array;

  constructor(db: Database.Database) {
    this.#db = db;
    db.prepare(ATTEMPT_SQL.season).run(randomBytes(32));
    const row = db.prepare<[], { readonly bytes: Uint8Array }>(ATTEMPT_SQL.pepper).get();
    this.#pepper = row?.bytes ?? new Uint8Array(32);
  }

  /** Begins an attempt. It counts as failed until it is taken back, so that many at once count as well. */
  begin(trier: Trier, now: number): Begun {
    return this.#db
      .transaction((): Begun => {
        this.#db.prepare(ATTEMPT_SQL.expire).run(now - MEMORY);
        const [name, address] = this.#doors(trier);
        const wait = Math.max(name.row.until, address.row.until) - now;
        if (wait > 0) return { wait, closed: [0, 0] };
        return { wait: 0, closed: [this.#count(name, now), this.#count(address, now)] };
      })
      .immediate();
  }

  /** The attempt did not fail. What others have closed in the meantime stays closed. */
  takeBack(trier: Trier, { closed }: Begun): void {
    const [name, address] = this.#doors(trier);
    const less = this.#db.prepare(ATTEMPT_SQL.less);
    this.#db.transaction(() => {
      less.run(closed[0], name.who);
      less.run(closed[1], address.who);
    })();
  }

  /** Somebody is in: the name's failures are forgotten, those of others at the address are not. */
  succeeded(trier: Trier, begun: Begun): void {
    this.takeBack(trier, begun);
    this.forgive(trier.name);
  }

  /** Opens the door for a name again, as somebody who may has decided. */
  forgive(name: string): void {
    this.#db.prepare(ATTEMPT_SQL.forget).run(this.#who('name', name));
  }

  /** Ms that a name is locked out for. */
  lockedFor(name: string, now: number): number {
    return Math.max(0, this.#door('name', name).row.until - now);
  }

  #doors({ name, address }: Trier): readonly [Door, Door] {
    return [this.#door('name', name), this.#door('address', address)];
  }

  #door(kind: keyof typeof LIMITS, value: string): Door {
    const who = this.#who(kind, value);
    const row = this.#db.prepare<[Buffer], Row>(ATTEMPT_SQL.find).get(who);
    return { who, limit: LIMITS[kind], row: row ?? { failed: 0, until: 0 } };
  }

  #count({ who, limit, row }: Door, now: number): number {
    const failed = row.failed + 1;
    const until = closedUntil(limit, failed, now);
    this.#db.prepare(ATTEMPT_SQL.put).run(who, failed, now, until);
    return until;
  }

  #who(kind: keyof typeof LIMITS, value: string): Buffer {
    return Buffer.from(hmacSha256(this.#pepper, Buffer.from(`${kind} ${value}`)));
  }
}

/** 0: stays open. */
function closedUntil({ free, first, most }: Limit, failed: number, now: number): number {
  if (failed <= free) return 0;
  return now + Math.min(most, first * 2 ** Math.min(failed - free - 1, 16));
}
