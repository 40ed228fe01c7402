import { at, isFields, listAt, textAt } from '../json.ts';
import type { Problems } from '../outcome.ts';
import { type Coding, codings } from './coding.ts';

/** An agent of an AuditEvent, R4 and R5 alike. */
export interface AgentView {
  readonly types: readonly Coding[];
  readonly roles: readonly Coding[];
  readonly requestor: boolean;
  readonly who: unknown;
  /** R4 `altId` or `name`, for an agent without `who`. */
  readonly otherName: string | undefined;
  readonly address: string | undefined;
  readonly purposes: readonly Coding[];
  /** Reference of the FHIR extension `auditevent-OnBehalfOf`. */
  readonly onBehalfOf: unknown;
}

/** An entity of an AuditEvent. Its `query` is not read: search terms stay out of the log. */
export interface EntityView {
  readonly what: unknown;
  readonly types: readonly Coding[];
  readonly roles: readonly Coding[];
  readonly name: string | undefined;
}

/** An AuditEvent with the differences between R4/R4B and R5 taken out. */
export interface AuditView {
  readonly id: string | undefined;
  /** R4 `type`, R5 `category`. */
  readonly broad: readonly Coding[];
  /** R4 `subtype`, R5 `code`. */
  readonly narrow: readonly Coding[];
  readonly action: unknown;
  readonly outcome: readonly Coding[] | undefined;
  readonly outcomeDetail: readonly Coding[];
  readonly start: string | undefined;
  readonly startKey: string;
  readonly recorded: string | undefined;
  readonly purposes: readonly Coding[];
  readonly site: string | undefined;
  readonly observer: unknown;
  readonly patient: unknown;
  readonly agents: readonly AgentView[];
  readonly entities: readonly EntityView[];
  readonly contained: readonly unknown[];
}

/** Reads an AuditEvent of R4 or R4B. */
export function viewR4(record: unknown, problems: Problems): AuditView {
  const outcome = textAt(record, 'outcome');
  return {
    ...common(record, problems),
    broad: codings(at(record, 'type')),
    narrow: codings(at(record, 'subtype')),
    outcome: outcome === undefined ? undefined : [{ system: undefined, code: outcome }],
    outcomeDetail: [],
    start: textAt(record, 'period', 'start'),
    startKey: 'period.start',
    purposes: codings(at(record, 'purposeOfEvent')),
    site: textAt(record, 'source', 'site'),
    patient: undefined,
    agents: listAt(record, 'agent', problems).map((item) =>
      agent(item, textAt(item, 'network', 'address'), at(item, 'purposeOfUse')),
    ),
  };
}

/** Reads an AuditEvent of R5. */
export function viewR5(record: unknown, problems: Problems): AuditView {
  const moment = textAt(record, 'occurredDateTime');
  return {
    ...common(record, problems),
    broad: codings(at(record, 'category')),
    narrow: codings(at(record, 'code')),
    outcome: at(record, 'outcome') === undefined ? undefined : codings(at(record, 'outcome', 'code')),
    outcomeDetail: codings(at(record, 'outcome', 'detail')),
    start: moment ?? textAt(record, 'occurredPeriod', 'start'),
    startKey: moment === undefined ? 'occurredPeriod.start' : 'occurredDateTime',
    purposes: codings(at(record, 'authorization')),
    site:
      textAt(record, 'source', 'site', 'display') ?? textAt(record, 'source', 'site', 'identifier', 'value'),
    patient: at(record, 'patient'),
    agents: listAt(record, 'agent', problems).map((item) =>
      agent(item, textAt(item, 'networkString') ?? textAt(item, 'networkUri'), at(item, 'authorization')),
    ),
  };
}

type Common = Pick<AuditView, 'id' | 'action' | 'recorded' | 'observer' | 'entities' | 'contained'>;

function common(record: unknown, problems: Problems): Common {
  return {
    id: textAt(record, 'id'),
    action: at(record, 'action'),
    recorded: textAt(record, 'recorded'),
    observer: at(record, 'source', 'observer'),
    entities: listAt(record, 'entity', problems).map(entity),
    contained: listAt(record, 'contained', problems),
  };
}

function agent(item: unknown, address: string | undefined, purposes: unknown): AgentView {
  return {
    types: codings(at(item, 'type')),
    roles: codings(at(item, 'role')),
    requestor: at(item, 'requestor') === true,
    who: at(item, 'who'),
    otherName: textAt(item, 'altId') ?? textAt(item, 'name'),
    address,
    purposes: codings(purposes),
    onBehalfOf: extension(item),
  };
}

function entity(item: unknown): EntityView {
  const types = codings(at(item, 'type'));
  return { what: at(item, 'what'), types, roles: codings(at(item, 'role')), name: textAt(item, 'name') };
}

const ON_BEHALF_OF = 'http://hl7.org/fhir/StructureDefinition/auditevent-OnBehalfOf';

function extension(item: unknown): unknown {
  const extensions = at(item, 'extension');
  const list: readonly unknown[] = Array.isArray(extensions) ? extensions : [];
  return at(
    list.find((one) => isFields(one) && one['url'] === ON_BEHALF_OF),
    'valueReference',
  );
}
