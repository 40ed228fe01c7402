import { isIP } from 'node:net';
import type { Services } from '../services.ts';

/** Somebody who came in, or did not. */
export interface LogInAttempt {
  /** The user, if there is one of that name. Another name is never written down: it may be a secret in the wrong box. */
  readonly user: string | undefined;
  readonly address: string | undefined;
  readonly outcome: 'success' | 'denied';
  /** What was looked at, and `lockout` where the attempt closed the door for a while. */
  readonly fields: readonly ('token' | 'code' | 'lockout')[];
}

/**
 * Appends the entry of a log-in, to be awaited before it is answered.
 *
 * @throws HttpError `LOG_UNAVAILABLE`: nobody comes in
 */
export async function recordLogIn({ logs }: Pick<Services, 'logs'>, attempt: LogInAttempt): Promise<void> {
  const { user, address, outcome, fields } = attempt;
  const ip = address !== undefined && isIP(address) !== 0 ? { ip: address } : {};
  const actor =
    user === undefined
      ? ({ kind: 'anonymous', ...ip } as const)
      : ({ kind: 'employee', type: 'operator', id: user, ...ip } as const);
  await logs.use((log) =>
    log.consult({
      ...{ action: 'execute', operation: 'viewer.login', actor, subjects: [], service: 'zegel' },
      ...{ outcome, fields: [...fields] },
    }),
  );
}
