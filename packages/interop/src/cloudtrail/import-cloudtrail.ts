import { type ActivityMapping, activityOf } from '../activity.ts';
import { at, type Fields, isFields } from '../json.ts';
import { type Mapped, mapped, type Problems, type Refused, refused } from '../outcome.ts';
import { canonicalRecord, recordId } from '../record-id.ts';
import { instant } from '../time.ts';
import { actionOf } from './action.ts';
import { actingOf } from './actor.ts';
import { said } from './hidden.ts';
import { operationOf, serviceOf } from './names.ts';
import { outcomeOf } from './outcome.ts';
import { fieldsOf, subjectsOf } from './subjects.ts';

/** How CloudTrail records are brought in. */
export interface CloudTrailOptions {
  readonly activity?: ActivityMapping;
}

/**
 * Maps one CloudTrail record (event versions 1.x) to an access event. Every call is one: what it did
 * to data is its action. Never throws on any JSON value.
 */
export function importCloudTrail(record: unknown, options: CloudTrailOptions = {}): Mapped | Refused {
  if (!isFields(record)) return refused(['not a JSON object']);
  if (at(record, 'digestStartTime') !== undefined) return refused(['a CloudTrail digest is not an event']);
  const problems: Problems = [];
  const canonical = canonicalRecord(record, problems);
  if (canonical === undefined) return refused(problems);
  const call = callOf(record, problems);
  if (call === undefined) return refused(problems);
  const { name, service, operation, occurred, user } = call;
  const { actor, onBehalfOf } = actingOf(record, user);
  const event = {
    occurred,
    action: actionOf(name, at(record, 'readOnly')),
    operation,
    activity: activityOf(options.activity, [operation, service]),
    actor,
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    subjects: subjectsOf(record, service),
    fields: fieldsOf(record),
    service,
    outcome: outcomeOf(record),
    id: recordId(said(record, 'eventID'), canonical),
  };
  return mapped(event, 'eventTime');
}

interface Call {
  readonly name: string;
  readonly service: string;
  readonly operation: string;
  readonly occurred: string;
  readonly user: Fields;
}

/** What a record can't do without; what is missing or unusable of it becomes a problem. */
function callOf(record: Fields, problems: Problems): Call | undefined {
  const need = <T>(value: T | undefined, problem: string): T | undefined => {
    if (value === undefined) problems.push(problem);
    return value;
  };
  const name = need(said(record, 'eventName'), 'eventName is missing');
  const source = need(said(record, 'eventSource'), 'eventSource is missing');
  const time = need(said(record, 'eventTime'), 'eventTime is missing');
  const identity = at(record, 'userIdentity');
  const user = need(isFields(identity) ? identity : undefined, 'userIdentity is missing');
  if (name === undefined || source === undefined || time === undefined || user === undefined)
    return undefined;
  const occurred = need(instant(time), 'eventTime is not a moment with a zone');
  const service = need(serviceOf(source), 'eventSource makes no service name');
  if (occurred === undefined || service === undefined) return undefined;
  const operation = need(operationOf(service, name), 'eventName makes no operation name');
  return operation === undefined ? undefined : { name, service, operation, occurred, user };
}
