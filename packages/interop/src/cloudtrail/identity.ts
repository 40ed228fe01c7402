import type { AccessEvent } from '@zegel/log';
import { at, type Fields } from '../json.ts';
import { isId } from '../names.ts';
import { said } from './hidden.ts';

type Kind = AccessEvent['actor']['kind'];

/** Who a `userIdentity` is. */
export interface Identity {
  readonly kind: Kind;
  readonly type: string;
  readonly id: string;
}

/** IAM user names are unique in their account whatever the path in the ARN, so both name a user. */
export function iamUserId(account: string | undefined, userName: string | undefined): string | undefined {
  return account === undefined || userName === undefined ? undefined : `${account}/${userName}`;
}

/** Reads a `userIdentity` as if nobody had acted for it. Undefined when it names nobody. */
export function identityOf(user: Fields): Identity | undefined {
  const identity = byType(user);
  const { kind, type, id } = identity;
  return id !== undefined && isId(id) ? { kind, type, id } : undefined;
}

interface Candidate {
  readonly kind: Kind;
  readonly type: string;
  readonly id: string | undefined;
}

function byType(user: Fields): Candidate {
  const type = said(user, 'type');
  const account = said(user, 'accountId');
  const id = said(user, 'arn') ?? said(user, 'principalId');
  switch (type) {
    case 'IAMUser':
      return { kind: 'employee', type: 'iam-user', id: iamUserId(account, said(user, 'userName')) ?? id };
    case 'Root':
      return { kind: 'employee', type: 'aws-root', id: account ?? id };
    case 'AssumedRole':
    case 'Role':
      return { kind: isWorkload(user) ? 'system' : 'employee', type: 'assumed-role', id };
    case 'FederatedUser':
      return { kind: 'employee', type: 'federated-user', id };
    case 'SAMLUser':
      return { kind: 'employee', type: 'saml-user', id: id ?? said(user, 'userName') };
    case 'WebIdentityUser':
      return {
        kind: isWorkload(user) ? 'system' : 'customer',
        type: 'web-identity',
        id: id ?? said(user, 'userName'),
      };
    case 'Directory':
      return { kind: 'employee', type: 'directory-user', id: id ?? said(user, 'userName') };
    case 'IdentityCenterUser':
      return { kind: 'employee', type: 'identity-center-user', id: said(user, 'onBehalfOf', 'userId') ?? id };
    case 'AWSAccount':
      return { kind: 'system', type: 'aws-account', id: id ?? account };
    default:
      return { kind: 'system', type: 'aws-service', id: said(user, 'invokedBy') ?? id };
  }
}

// A role session is a machine's where its credentials came through the instance metadata (ec2RoleDelivery), where it
// is named after an instance, or where the role is a service's own; a web identity where it is a service account.
function isWorkload(user: Fields): boolean {
  if (at(user, 'sessionContext', 'ec2RoleDelivery') !== undefined) return true;
  const principal = said(user, 'principalId') ?? '';
  const issuer = said(user, 'sessionContext', 'sessionIssuer', 'arn') ?? '';
  const provider = said(user, 'identityProvider') ?? '';
  if (/:i-[0-9a-zA-Z]{8,17}$/.test(principal) || issuer.includes('/aws-service-role/')) return true;
  return (
    principal.includes('system:serviceaccount:') ||
    /oidc\.eks\.|actions\.githubusercontent\.com/.test(provider)
  );
}
