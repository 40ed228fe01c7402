import { isIP } from 'node:net';
import type { AccessEvent } from '@zegel/log';
import { isId, personType, registerKey } from '../names.ts';
import type { Problems } from '../outcome.ts';
import { codesOf, DICOM, V3 } from './coding.ts';
import { type Named, named } from './reference.ts';
import type { AgentView, AuditView } from './view.ts';

type Actor = AccessEvent['actor'];
type Kind = Actor['kind'];

const KINDS_BY_TYPE: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['Practitioner', 'employee'],
  ['PractitionerRole', 'employee'],
  ['Patient', 'customer'],
  ['RelatedPerson', 'customer'],
  ['Device', 'system'],
  ['Organization', 'system'],
  ['HealthcareService', 'system'],
  ['CareTeam', 'system'],
  ['Endpoint', 'system'],
  ['Location', 'system'],
]);

// v3 RoleClass: patient, next of kin, guardian, personal relationship. Security roles: the data subject.
const CUSTOMER_CODES = ['PAT', 'NOK', 'GUARD', 'PRS', 'datasubject'];
// DICOM CID 402: application, its launcher, destination, source.
const MACHINE_CODES = ['110150', '110151', '110152', '110153'];
const DELEGATOR = 'DELEGATOR';

/** The agent that asked for it: a person before a machine, a named one before an unnamed one. */
export function requestorOf(view: AuditView): AgentView | undefined {
  const asking = view.agents.filter((agent) => agent.requestor);
  const withName = asking.filter((agent) => nameOf(agent, view) !== undefined);
  return (
    withName.find((agent) => kindOf(agent, nameOf(agent, view)) !== 'system') ?? withName[0] ?? asking[0]
  );
}

/**
 * Who acted. FHIR calls the requestor the user who set the event going, so that one who is neither
 * device, organisation, patient nor relative is a user of the source: an `employee`. Without a
 * requestor, or with one whom the record does not name, the actor is `anonymous`.
 */
export function actorOf(view: AuditView, address: string | undefined, problems: Problems): Actor {
  const agent = requestorOf(view);
  const name = agent === undefined ? undefined : nameOf(agent, view);
  const role = agent === undefined ? undefined : roleOf(agent);
  const rest = { ...(role === undefined ? {} : { role }), ...(address === undefined ? {} : { ip: address }) };
  if (agent === undefined || name === undefined) return { kind: 'anonymous', ...rest };
  if (!isId(name.id)) problems.push('the requestor is named by more than 256 bytes');
  const type = name.type === undefined ? undefined : personType(name.type);
  return { kind: kindOf(agent, name), ...(type === undefined ? {} : { type }), id: name.id, ...rest };
}

/** For whom the requestor acted: the extension auditevent-OnBehalfOf, or an agent who is the delegator. */
export function onBehalfOf(view: AuditView, problems: Problems): AccessEvent['onBehalfOf'] {
  const delegator = view.agents.find((agent) => agent.types.some((one) => one.code === DELEGATOR));
  const name = named(requestorOf(view)?.onBehalfOf ?? delegator?.who, view.contained);
  if (name === undefined) return undefined;
  if (!isId(name.id)) problems.push('the one acted for is named by more than 256 bytes');
  return { type: personType(name.type ?? 'person') ?? 'person', id: name.id };
}

function nameOf(agent: AgentView, view: AuditView): Named | undefined {
  const name = named(agent.who, view.contained);
  if (name !== undefined || agent.otherName === undefined) return name;
  return { type: undefined, id: agent.otherName, by: 'display' };
}

function kindOf(agent: AgentView, name: Named | undefined): Kind {
  const byType = KINDS_BY_TYPE.get(name?.type ?? '');
  if (byType !== undefined) return byType;
  const codes = [...agent.roles, ...agent.types];
  if (codes.some((one) => CUSTOMER_CODES.includes(one.code))) return 'customer';
  return codesOf(codes, DICOM).some((code) => MACHINE_CODES.includes(code)) ? 'system' : 'employee';
}

/** The first code of the agent's role, else type, that makes a register key; numbers of SNOMED make none. */
function roleOf(agent: AgentView): string | undefined {
  const codes = [...agent.roles, ...agent.types];
  // v3 codes are words in capitals, which kebab would not take apart anyway.
  const words = codes.map((one) =>
    registerKey(one.system?.startsWith(V3) === true ? one.code.toLowerCase() : one.code),
  );
  return words.find((word) => word !== undefined);
}

/**
 * The address acted from: the requestor's own, else that of the client's machine. IHE BALP tells the
 * client by the flow of data: an application (110150), the destination of what is read, else the source.
 */
export function addressOf(view: AuditView, action: AccessEvent['action']): string | undefined {
  const own = ipOf(requestorOf(view));
  if (own !== undefined) return own;
  const client = action === 'read' || action === 'export' ? '110152' : '110153';
  const machines = ['110150', client].map((code) =>
    view.agents.find((agent) => codesOf(agent.types, DICOM).includes(code)),
  );
  return action === 'disclose' ? undefined : ipOf(machines.find((agent) => agent !== undefined));
}

function ipOf(agent: AgentView | undefined): string | undefined {
  const address = agent?.address?.replace(/^urn:ipv[46]:/, '');
  return address !== undefined && isIP(address) !== 0 ? address : undefined;
}
