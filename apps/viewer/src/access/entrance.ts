import type { KeyEnvelopes } from '@zegel/log';
import { NextCookie } from '../http/next-cookie.ts';
import { SessionCookie } from '../http/session-cookie.ts';
import type { AccessFile } from './access-file.ts';
import { LogIns } from './log-ins.ts';
import { Pending } from './pending.ts';
import { SecondFactors } from './second-factors.ts';

/** What people come in by. */
export interface Entrance {
  readonly logIns: LogIns;
  readonly factors: SecondFactors;
  /** Log-ins between their steps, and the cookie that leads to them. */
  readonly pending: Pending;
  readonly halfway: SessionCookie;
  /** The page that a log-in leads on to. */
  readonly next: NextCookie;
  /** The log's name, as an authenticator app shows it. */
  readonly issuer: string;
  /** Whether second factors are spared. */
  readonly dev: boolean;
  /** Whether nobody is exempt from them. */
  readonly requireSecondFactor: boolean;
  readonly behindProxy: boolean;
  /** Ms that a refusal takes at least, so that its time tells nothing of what was wrong. */
  readonly refusalAfter: number;
}

/** What an entrance is made of. */
export interface EntranceParts {
  readonly access: AccessFile;
  readonly envelopes: KeyEnvelopes;
  readonly issuer: string;
  /** Whether the browser reaches us by https. */
  readonly isSecure?: boolean;
  readonly dev?: boolean;
  readonly requireSecondFactor?: boolean;
  readonly behindProxy?: boolean;
  readonly refusalAfter?: number | undefined;
  readonly now?: () => number;
}

/** Longer than scrypt and an entry take, unless the machine is very busy. */
const REFUSAL_AFTER = 1000;

/** Puts an entrance together. */
export function createEntrance(parts: EntranceParts): Entrance {
  const { access, envelopes, issuer, now = Date.now } = parts;
  const { isSecure = false, dev = false, behindProxy = false, refusalAfter = REFUSAL_AFTER } = parts;
  const { requireSecondFactor = false } = parts;
  const factors = new SecondFactors(access.users, envelopes);
  const { users, attempts } = access;
  return {
    ...{ factors, issuer, dev, requireSecondFactor, behindProxy, refusalAfter },
    logIns: new LogIns({ users, attempts, factors, dev, requireSecondFactor, now }),
    pending: new Pending(now),
    halfway: new SessionCookie(isSecure, 'zegel-halfway'),
    next: new NextCookie(isSecure),
  };
}
