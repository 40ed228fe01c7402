import { isIP } from 'node:net';
import type { AccessEvent } from '@zegel/log';
import { at, type Fields } from '../json.ts';
import { isId } from '../names.ts';
import { said } from './hidden.ts';
import { type Identity, iamUserId, identityOf } from './identity.ts';

/** Who made the call, and for whom. */
export interface Acting {
  readonly actor: AccessEvent['actor'];
  readonly onBehalfOf: AccessEvent['onBehalfOf'];
}

/**
 * Who acted. A call that an AWS service made with somebody's session (`invokedBy`) was made by the
 * service (`system`) on that identity's behalf; a federated user acts for the IAM user who issued the
 * session, a session with a source identity or an Identity Center user for that person.
 */
export function actingOf(record: Fields, user: Fields): Acting {
  const identity = identityOf(user);
  const service = said(user, 'invokedBy');
  const isService = service === undefined || !isId(service) || identity?.type === 'aws-service';
  const actor: Identity | undefined = isService
    ? identity
    : { kind: 'system', type: 'aws-service', id: service };
  const behalf = isService ? issuerOf(user, identity) : identity;
  return {
    actor: { ...(actor ?? { kind: 'anonymous' }), ...originOf(record) },
    onBehalfOf: behalf === undefined ? undefined : { type: behalf.type, id: behalf.id },
  };
}

type Person = NonNullable<AccessEvent['onBehalfOf']>;

function issuerOf(user: Fields, identity: Identity | undefined): Person | undefined {
  const center = said(user, 'onBehalfOf', 'userId');
  if (center !== undefined)
    return identity?.type === 'identity-center-user' ? undefined : person('identity-center-user', center);
  const source = said(user, 'sessionContext', 'sourceIdentity');
  if (source !== undefined) return person('source-identity', source);
  const issuer = at(user, 'sessionContext', 'sessionIssuer');
  if (at(issuer, 'type') !== 'IAMUser') return undefined;
  return person('iam-user', iamUserId(said(issuer, 'accountId'), said(issuer, 'userName')));
}

function person(type: string, id: string | undefined): Person | undefined {
  return id !== undefined && isId(id) ? { type, id } : undefined;
}

const LONGEST_IP = 64;

// `sourceIPAddress` holds a service's name when a service called; that is no address.
function originOf(record: Fields): { ip?: string; userAgent?: string } {
  const ip = said(record, 'sourceIPAddress');
  const userAgent = said(record, 'userAgent');
  return {
    ...(ip !== undefined && isIP(ip) !== 0 && ip.length <= LONGEST_IP ? { ip } : {}),
    ...(userAgent === undefined ? {} : { userAgent }),
  };
}
