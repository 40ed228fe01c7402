import type { AccessEvent } from '@zegel/log';
import { type ActivityMapping, activityOf } from '../activity.ts';
import { at, isFields } from '../json.ts';
import { plainName, registerKey } from '../names.ts';
import { type Mapped, mapped, type Problems, type Refused, refused, shown } from '../outcome.ts';
import { canonicalRecord, recordId } from '../record-id.ts';
import { instant } from '../time.ts';
import { actionOf } from './action.ts';
import { actorOf, addressOf, onBehalfOf, requestorOf } from './actor.ts';
import { type Coding, codesOf, DICOM } from './coding.ts';
import { operationOf } from './operation.ts';
import { outcomeOf } from './outcome.ts';
import { named } from './reference.ts';
import { fieldsOf, subjectsOf } from './subjects.ts';
import { systemName } from './system-name.ts';
import { versionOf } from './version.ts';
import { type AuditView, viewR4, viewR5 } from './view.ts';

/** How FHIR AuditEvents are brought in. */
export interface FhirOptions {
  readonly activity?: ActivityMapping;
  /** `fullUrl` of the Bundle entry that held the record: its identity across servers. */
  readonly fullUrl?: string;
}

/**
 * Maps one FHIR AuditEvent (R4, R4B or R5, told apart by their keys) to an access event.
 * It says what the record says; where that does not suffice, it refuses with every reason at once.
 * Never throws on any JSON value.
 */
export function importFhir(record: unknown, options: FhirOptions = {}): Mapped | Refused {
  if (!isFields(record)) return refused(['not a JSON object']);
  const type = at(record, 'resourceType');
  if (typeof type !== 'string') return refused(['no resourceType: not a FHIR resource']);
  if (type !== 'AuditEvent')
    return refused([`${registerKey(type) === undefined ? shown(type) : type} is not an AuditEvent`]);
  const problems: Problems = [];
  const canonical = canonicalRecord(record, problems);
  if (canonical === undefined) return refused(problems);
  const version = versionOf(record, problems);
  if (version === undefined) return refused(problems);
  const view = version === 'R4' ? viewR4(record, problems) : viewR5(record, problems);
  const { occurred, occurredFrom } = momentOf(view, problems);
  const event = {
    ...eventOf(view, options, problems),
    occurred,
    id: recordId(ownId(view, options), canonical),
  };
  return problems.length > 0 ? refused(problems) : mapped(event, occurredFrom);
}

function eventOf(view: AuditView, options: FhirOptions, problems: Problems): AccessEvent {
  const action = actionOf(view, problems);
  const purposes = [...view.purposes, ...(requestorOf(view)?.purposes ?? [])];
  return {
    action,
    ...defined('operation', operationOf(view)),
    activity: activityOf(options.activity, purposes.flatMap(purposeKeys)),
    actor: actorOf(view, addressOf(view, action), problems),
    ...defined('onBehalfOf', onBehalfOf(view, problems)),
    subjects: subjectsOf(view, problems),
    fields: fieldsOf(view),
    service: serviceOf(view),
    ...defined('recipient', action === 'disclose' ? recipientOf(view) : undefined),
    ...defined('reason', reasonOf(purposes)),
    outcome: outcomeOf(view, problems),
  };
}

function defined<K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [key in K]?: V };
}

function momentOf(view: AuditView, problems: Problems): { occurred: string; occurredFrom: string } {
  const start = instant(view.start);
  if (start !== undefined) return { occurred: start, occurredFrom: view.startKey };
  const recorded = instant(view.recorded);
  if (recorded === undefined) {
    problems.push(view.recorded === undefined ? 'recorded is missing' : 'recorded is not an instant');
  }
  return { occurred: recorded ?? '', occurredFrom: 'recorded' };
}

/**
 * The absolute `fullUrl` as it is, else the reference that the resource has in its own server. A
 * `urn:uuid` may be made anew with every Bundle, so that it comes last.
 */
function ownId(view: AuditView, { fullUrl }: FhirOptions): string | undefined {
  if (fullUrl !== undefined && /^https?:\/\//.test(fullUrl)) return fullUrl;
  return view.id === undefined ? fullUrl : `AuditEvent/${view.id}`;
}

function serviceOf(view: AuditView): string {
  const site = view.site === undefined ? undefined : plainName(view.site);
  return site ?? systemName(named(view.observer, view.contained)) ?? 'fhir';
}

const DESTINATION = '110152';
const INFORMATION_RECIPIENT = 'IRCP';

/** Who received a disclosure: the destination, else an information recipient, if no person. */
function recipientOf(view: AuditView): string | undefined {
  const agent =
    view.agents.find((one) => codesOf(one.types, DICOM).includes(DESTINATION)) ??
    view.agents.find(
      (one) => !one.requestor && one.types.some((type) => type.code === INFORMATION_RECIPIENT),
    );
  const name = systemName(named(agent?.who, view.contained));
  return name === undefined ? undefined : registerKey(name);
}

function purposeKeys(purpose: Coding): readonly string[] {
  return purpose.system === undefined ? [purpose.code] : [`${purpose.system}|${purpose.code}`, purpose.code];
}

/** The codes of the purposes, as the reason that the source states. */
function reasonOf(purposes: readonly Coding[]): string | undefined {
  return purposes.length === 0 ? undefined : [...new Set(purposes.map((one) => one.code))].join(', ');
}
