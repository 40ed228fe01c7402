import { randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import { hmacSha256 } from '@zegel/core';
import { ATTEMPT_SQL } from './access-sql.ts';

const MINUTE = 60_000;
/** Failures are forgotten after so long without another. */
const MEMORY = 24 * 60 * MINUTE;
/** Bytes of a name's hash in what is kept of it. */
const NAME_BYTES = 16;

/** When failures close a door, and for how long. */
interface Limit {
  /** Failures that cost nothing yet. */
  readonly free: number;
  /** Closed after the failure that comes next, in ms; doubled by each further one, up to `most`. */
  readonly first: number;
  readonly most: number;
}

/** A person mistypes a few times; a machine gets some 100 guesses a day through a door, some 200 from an address. */
const DOOR: Limit = { free: 4, first: MINUTE, most: 15 * MINUTE };
const ADDRESS: Limit = { free: 19, first: MINUTE, most: 15 * MINUTE };

/**
 * Login tokens tried for one name, wherever from: after the first ones each has to keep its distance from the one before. That
 * makes 28,800 a day at most over any number of addresses. Nobody is refused for it before the line is longer than what
 * one address can make it: five attempts, until its own door closes.
 */
const PACE = { free: 20, apart: 3000, most: 30_000 };
/** Of a pace nothing is taken back but the count. */
const NEVER = -1;

/** Which step of a log-in is tried. */
export type Step = 'token' | 'code';

interface Row {
  readonly failed: number;
  /** The door is closed until then; of a pace: when the next may be looked at. */
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
  readonly step: Step;
  /** Ms until the door opens again; 0: go on. */
  readonly wait: number;
  /** Ms to be held up before it is looked at. */
  readonly delay: number;
  /** Until when it closed its own door and that of the address; 0: left open. */
  readonly closed: readonly [own: number, address: number];
}

/**
 * Counts attempts to log in, in `access.db`: a restart forgets none. Names that nobody has count as others do, and what was
 * typed as a name is kept as a keyed hash only: it may be a secret in the wrong box.
 *
 * A wrong login token closes a door of name and address together, so that nobody shuts out another elsewhere. A wrong code
 * closes one of the name, wherever it came from: only who has the login token gets so far.
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
  begin(trier: Trier, now: number, step: Step = 'token'): Begun {
    return this.#db
      .transaction((): Begun => {
        this.#db.prepare(ATTEMPT_SQL.expire).run(now - MEMORY);
        const [own, address] = this.#doors(trier, step);
        const wait = Math.max(own.row.until, address.row.until) - now;
        if (wait > 0) return { step, wait, delay: 0, closed: [0, 0] };
        const delay = step === 'token' ? this.#keepPace(trier, now) : 0;
        if (delay > PACE.most) return { step, wait: delay, delay: 0, closed: [0, 0] };
        return { step, wait: 0, delay, closed: [this.#count(own, now), this.#count(address, now)] };
      })
      .immediate();
  }

  /** The attempt did not fail. What others have closed in the meantime stays closed. */
  takeBack(trier: Trier, { step, closed }: Begun): void {
    const [own, address] = this.#doors(trier, step);
    const less = this.#db.prepare(ATTEMPT_SQL.less);
    this.#db.transaction(() => {
      less.run(closed[0], own.who);
      less.run(closed[1], address.who);
      if (step === 'token') less.run(NEVER, this.#paceOf(trier));
    })();
  }

  /** Somebody is in: the failures of the name here are forgotten, those of others at the address are not. */
  succeeded(trier: Trier, begun: Begun): void {
    this.takeBack(trier, begun);
    for (const step of ['token', 'code'] as const)
      this.#db.prepare(ATTEMPT_SQL.forget).run(this.#doors(trier, step)[0].who);
  }

  /** Opens every door for a name again, as somebody who may has decided. */
  forgive(name: string): void {
    this.#db.prepare(ATTEMPT_SQL.forgive).run(this.#nameHash(name));
  }

  /** Ms that a name is locked out for, at the address where that lasts longest. */
  lockedFor(name: string, now: number): number {
    const longest = this.#db.prepare<[Buffer, Buffer], Pick<Row, 'until'>>(ATTEMPT_SQL.longest);
    const row = longest.get(this.#nameHash(name), this.#paceOf({ name }));
    return Math.max(0, (row?.until ?? 0) - now);
  }

  #doors({ name, address }: Trier, step: Step): readonly [own: Door, address: Door] {
    const own = step === 'token' ? `token ${address}` : 'code';
    return [this.#door(this.#ofName(name, own), DOOR), this.#door(this.#hash(`address ${address}`), ADDRESS)];
  }

  #door(who: Buffer, limit: Limit): Door {
    return { who, limit, row: this.#row(who) };
  }

  #row(who: Buffer): Row {
    return this.#db.prepare<[Buffer], Row>(ATTEMPT_SQL.find).get(who) ?? { failed: 0, until: 0 };
  }

  #count({ who, limit, row }: Door, now: number): number {
    const failed = row.failed + 1;
    const until = closedUntil(limit, failed, now);
    this.#db.prepare(ATTEMPT_SQL.put).run(who, failed, now, until);
    return until;
  }

  /** Ms until it is this attempt's turn among those for the name. One that would wait too long gets none. */
  #keepPace(trier: Trier, now: number): number {
    const who = this.#paceOf(trier);
    const { failed, until } = this.#row(who);
    const turn = Math.max(now, until);
    if (turn - now > PACE.most) return turn - now;
    const next = failed < PACE.free ? 0 : turn + PACE.apart;
    this.#db.prepare(ATTEMPT_SQL.put).run(who, failed + 1, now, next);
    return turn - now;
  }

  #paceOf({ name }: Pick<Trier, 'name'>): Buffer {
    return this.#ofName(name, 'pace');
  }

  /** What is kept of a name begins alike, so that it is found again by the name alone. */
  #ofName(name: string, what: string): Buffer {
    return Buffer.concat([this.#nameHash(name), this.#hash(`${what} ${name}`).subarray(NAME_BYTES)]);
  }

  #nameHash(name: string): Buffer {
    return this.#hash(`name ${name}`).subarray(0, NAME_BYTES);
  }

  #hash(text: string): Buffer {
    return Buffer.from(hmacSha256(this.#pepper, Buffer.from(text)));
  }
}

/** 0: stays open. */
function closedUntil({ free, first, most }: Limit, failed: number, now: number): number {
  if (failed <= free) return 0;
  return now + Math.min(most, first * 2 ** Math.min(failed - free - 1, 16));
}
