import type { AccessEvent } from '@zegel/log';
import { at } from '../json.ts';
import { said } from './hidden.ts';

// `AccessDenied`, `Client.UnauthorizedOperation`, `AccessDeniedException`, `NotAuthorized`, `KMSAccessDenied`, …
const DENIED =
  /(AccessDenied|UnauthorizedOperation|Unauthorized|NotAuthorized|AuthorizationError|Forbidden)(Exception|Fault)?$/;

/**
 * How the call ended. CloudTrail gives `errorCode` to a call that failed and none to one that
 * succeeded; a console sign-in tells by `responseElements.ConsoleLogin`, where a failure is a
 * refused authentication.
 */
export function outcomeOf(record: unknown): NonNullable<AccessEvent['outcome']> {
  const code = said(record, 'errorCode');
  if (code !== undefined) return DENIED.test(code) ? 'denied' : 'error';
  if (at(record, 'responseElements', 'ConsoleLogin') === 'Failure') return 'denied';
  return said(record, 'errorMessage') === undefined ? 'success' : 'error';
}
