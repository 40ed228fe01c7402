import { plainName, registerKey } from '../names.ts';
import { type Coding, codesOf, DICOM, EVENT_TYPE, LIFECYCLE } from './coding.ts';
import type { AuditView } from './view.ts';

/** Short names of the event identifiers of DICOM PS3.16 CID 400 and 401. */
const DICOM_NAMES: ReadonlyMap<string, string> = new Map([
  ['110100', 'application-activity'],
  ['110101', 'audit-log-used'],
  ['110102', 'begin-transferring'],
  ['110103', 'instances-accessed'],
  ['110104', 'instances-transferred'],
  ['110105', 'study-deleted'],
  ['110106', 'export'],
  ['110107', 'import'],
  ['110108', 'network-entry'],
  ['110109', 'order-record'],
  ['110110', 'patient-record'],
  ['110111', 'procedure-record'],
  ['110112', 'query'],
  ['110113', 'security-alert'],
  ['110114', 'user-authentication'],
  ['110120', 'application-start'],
  ['110121', 'application-stop'],
  ['110122', 'login'],
  ['110123', 'logout'],
  ['110126', 'node-authentication'],
  ['110127', 'emergency-override'],
]);

/**
 * The source's own name of what was done, from its codes: `rest.read`, `export.disclose`,
 * `security-alert.auth-z-consent`. Undefined when the codes make no name.
 */
export function operationOf(view: AuditView): string | undefined {
  const disclosed = view.narrow.find((one) => codesOf([one], LIFECYCLE).includes('disclose'));
  const words = [nameOf(view.broad[0]), nameOf(disclosed ?? view.narrow[0])].filter(
    (word) => word !== undefined,
  );
  // R5 lets the two stand in either order; `rest` is the kind of both.
  if (isRest(view.narrow[0])) words.reverse();
  return plainName(words.join('.'));
}

function isRest(one: Coding | undefined): boolean {
  return one !== undefined && codesOf([one], EVENT_TYPE).includes('rest');
}

function nameOf(one: Coding | undefined): string | undefined {
  if (one === undefined) return undefined;
  const dicom = codesOf([one], DICOM)[0];
  return (
    (dicom === undefined ? undefined : DICOM_NAMES.get(dicom)) ?? registerKey(one.code) ?? plainName(one.code)
  );
}
