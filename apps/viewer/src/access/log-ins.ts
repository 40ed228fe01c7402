import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sameSecret, stretchSecret, timeText } from '@zegel/core';
import type { Attempts, Begun, Trier } from './attempts.ts';
import { parseLoginToken } from './login-token.ts';
import type { SecondFactors } from './second-factors.ts';
import { FACTOR_BYTES } from './totp.ts';
import { Turns } from './turns.ts';
import { isUserName, loginState, type User } from './user.ts';
import type { Users } from './users.ts';

/** Checks of login tokens that may wait: some two seconds of one core. */
const MOST_WAITING = 16;
/** What a full line is told to wait. */
const BUSY = 5000;

/** What of a log-in comes next. */
export type Next =
  /** No such user, or not their token: nobody is told which. `known` is for the log alone. */
  | { readonly kind: 'refused'; readonly known: string | undefined; readonly closed: boolean }
  /** Not looked at: too much went wrong before. */
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'in'; readonly user: User }
  /** A code is wanted. */
  | { readonly kind: 'code'; readonly user: User }
  /** A second factor is to be set up first, with this secret. */
  | { readonly kind: 'set-up'; readonly user: User; readonly secret: Uint8Array };

/** What log-ins are checked with. */
export interface LogInParts {
  readonly users: Users;
  readonly attempts: Attempts;
  readonly factors: SecondFactors;
  /** Whether second factors are spared, for a developer alone on a machine. */
  readonly dev: boolean;
  /** Whether nobody is exempt from them. Default: those are whom `exempt` is noted of. */
  readonly requireSecondFactor?: boolean;
  readonly now: () => number;
  /** Checks of login tokens that may wait. Default: some two seconds of one core. */
  readonly mostWaiting?: number;
  /** Holds an attempt up for so many ms. Default: a clock. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

/** Decides who comes in. */
export class LogIns {
  readonly #parts: LogInParts;
  readonly #turns: Turns;
  /** What a token of nobody is checked against, so that it takes as long as another. */
  readonly #nobody = { salt: randomBytes(16), hash: randomBytes(32) };

  constructor(parts: LogInParts) {
    this.#parts = parts;
    this.#turns = new Turns(parts.mostWaiting ?? MOST_WAITING);
  }

  /** First step: user name and login token. */
  async withToken(trier: Trier, text: string): Promise<Next> {
    const { users, attempts, now, pause = sleep } = this.#parts;
    if (this.#turns.full) return { kind: 'wait', ms: BUSY };
    const begun = attempts.begin(trier, now());
    if (begun.wait > 0) return { kind: 'wait', ms: begun.wait };
    if (begun.delay > 0) {
      await pause(begun.delay);
      if (this.#turns.full) return this.#notLookedAt(trier, begun);
    }
    const parts = parseLoginToken(text);
    const login = parts && users.findLogin(parts.id);
    const { salt, hash } = login ?? this.#nobody;
    const secret = parts?.secret ?? text.slice(0, 64);
    const same = await this.#turns.run(async () => sameSecret(await stretchSecret(secret, salt), hash));
    const user = isUserName(trier.name) ? users.find(trier.name) : undefined;
    const good =
      login?.user === trier.name && loginState(users.findLogin(login.id), timeText(now())) === 'good';
    if (!same || !good || user === undefined) return refused(user, begun);
    users.useLogin(login.id);
    return this.#afterToken(trier, user, begun);
  }

  /** Second step: a code, for the user that the first step let through. */
  withCode(trier: Trier, epoch: number, typed: string): Next {
    return this.#second(trier, epoch, (user, now) => this.#parts.factors.check(user, typed, now));
  }

  /** Second step of a first time: a code that shows that the app has the secret. */
  withSetUp(trier: Trier, epoch: number, secret: Uint8Array, typed: string): Next {
    return this.#second(
      trier,
      epoch,
      (user, now) => user.factor === undefined && this.#parts.factors.setUp(user, secret, typed, now),
    );
  }

  #notLookedAt(trier: Trier, begun: Begun): Next {
    this.#parts.attempts.takeBack(trier, begun);
    return { kind: 'wait', ms: BUSY };
  }

  #afterToken(trier: Trier, user: User, begun: Begun): Next {
    const { attempts, dev, requireSecondFactor = false } = this.#parts;
    if (dev || (user.factor === undefined && user.exempt && !requireSecondFactor)) {
      attempts.succeeded(trier, begun);
      return { kind: 'in', user };
    }
    // Wrong codes stay: who has a stolen token must not wipe them out with it.
    attempts.takeBack(trier, begun);
    if (user.factor !== undefined) return { kind: 'code', user };
    return { kind: 'set-up', user, secret: randomBytes(FACTOR_BYTES) };
  }

  #second(trier: Trier, epoch: number, check: (user: User, now: number) => boolean): Next {
    const { users, attempts, now } = this.#parts;
    const begun = attempts.begin(trier, now(), 'code');
    if (begun.wait > 0) return { kind: 'wait', ms: begun.wait };
    const user = users.find(trier.name);
    if (user === undefined || user.epoch !== epoch || !check(user, now())) return refused(user, begun);
    attempts.succeeded(trier, begun);
    return { kind: 'in', user };
  }
}

function refused(user: User | undefined, { closed }: Begun): Next {
  return { kind: 'refused', known: user?.name, closed: closed.some((until) => until > 0) };
}
