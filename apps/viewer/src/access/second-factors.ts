import type { KeyEnvelopes } from '@zegel/log';
import { stepOf } from './totp.ts';
import type { User } from './user.ts';
import type { Users } from './users.ts';

/** Checks and sets up second factors. Their secrets lie sealed in `access.db`. */
export class SecondFactors {
  readonly #users: Users;
  readonly #envelopes: KeyEnvelopes;

  constructor(users: Users, envelopes: KeyEnvelopes) {
    this.#users = users;
    this.#envelopes = envelopes;
  }

  /**
   * Whether a code is the user's now; it is used up then. One whose secret does not open, as after a change of the
   * key-encryption key, has no codes that are: it is to be reset.
   */
  check({ name, factor }: User, typed: string, now: number): boolean {
    const secret = factor && this.#envelopes.open(factor, about(name));
    const step = secret && stepOf(secret, typed, now);
    return step !== undefined && this.#users.useStep(name, step);
  }

  /** Whether a code is of a secret now, without using it up. */
  isOf(secret: Uint8Array, typed: string, now: number): boolean {
    return stepOf(secret, typed, now) !== undefined;
  }

  /** Sets one up, in the place of the user's, by a code that proves that the app has the secret. @returns false when it does not */
  setUp(user: User, secret: Uint8Array, typed: string, now: number): boolean {
    const step = stepOf(secret, typed, now);
    if (step === undefined) return false;
    return this.#users.setFactor(user, this.#envelopes.seal(secret, about(user.name)), step);
  }
}

/** Bound to the user, so that nobody's sealed secret can be put in the place of another's. */
function about(name: string): string {
  return `second factor of ${name}`;
}
