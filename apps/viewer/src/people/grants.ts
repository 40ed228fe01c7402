import type { Grant, Session } from '../access/sessions.ts';

/** How long a reason holds. */
const GRANT_MINUTES = 30;
const MINUTE = 60_000;
/** Grants of one session; the oldest goes first. */
const MOST = 100;

/** The grant that lets a session look at a person, if it still holds. */
export function grantFor(
  { grants }: Session,
  { token, as }: Pick<Grant, 'token' | 'as'>,
  now: number,
): Grant | undefined {
  return grants.find((one) => one.token === token && one.as === as && one.until > now);
}

/** Every grant of a session that still holds, the newest first. */
export function liveGrants({ grants }: Session, now: number): readonly Grant[] {
  return grants.filter(({ until }) => until > now).toReversed();
}

/** Grants a look at a person for half an hour. */
export function addGrant(session: Session, given: Omit<Grant, 'until'>, now: number): void {
  const others = session.grants.filter(
    (one) => one.until > now && (one.token !== given.token || one.as !== given.as),
  );
  session.grants = [...others, { ...given, until: now + GRANT_MINUTES * MINUTE }].slice(-MOST);
}
