import type { AccessEvent } from '@zegel/log';
import { type Problems, shown } from '../outcome.ts';
import { codesOf } from './coding.ts';
import type { AuditView } from './view.ts';

/** audit-event-outcome (R4, R5) and, for R5, issue-severity: its preferred binding has both. */
const SUCCEEDED = ['0', 'success', 'information', 'warning'];
const FAILED = ['4', '8', '12', 'error', 'fatal'];

const BALP_AUTHORIZATION = 'https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType';
const ISSUE_TYPE = 'http://hl7.org/fhir/issue-type';

/**
 * How it ended. A failure is `denied` where the record is one of an authorization decision (IHE BALP
 * AuthZ-Consent) or its detail says `forbidden`, else `error`. A record that does not say how it
 * ended (outcome is 0..1) is `begun`: done or tried, with an end that is not known.
 */
export function outcomeOf(view: AuditView, problems: Problems): NonNullable<AccessEvent['outcome']> {
  if (view.outcome === undefined) return 'begun';
  const code = view.outcome
    .map((one) => one.code)
    .find((one) => SUCCEEDED.includes(one) || FAILED.includes(one));
  if (code === undefined) {
    problems.push(`outcome ${shown(view.outcome[0]?.code ?? '')} is not a known code`);
    return 'error';
  }
  if (SUCCEEDED.includes(code)) return 'success';
  return isDecision(view) ? 'denied' : 'error';
}

function isDecision(view: AuditView): boolean {
  if (codesOf([...view.narrow, ...view.broad], BALP_AUTHORIZATION).includes('AuthZ-Consent')) return true;
  return codesOf(view.outcomeDetail, ISSUE_TYPE).includes('forbidden');
}
