import type { AccessEvent } from '@zegel/log';
import { at, type Fields } from '../json.ts';
import { isId, registerKey } from '../names.ts';
import { said } from './hidden.ts';
import { iamUserId } from './identity.ts';

/**
 * The persons that a call names as its target: an IAM user, a user of a Cognito pool, a user of an
 * identity store. Secrets, instances and roles are no persons, so most calls concern none.
 */
export function subjectsOf(record: Fields, service: string): AccessEvent['subjects'] {
  const subject = targetOf(record, service);
  return subject?.id !== undefined && isId(subject.id) ? [{ type: subject.type, id: subject.id }] : [];
}

interface Target {
  readonly type: string;
  readonly id: string | undefined;
}

function targetOf(record: Fields, service: string): Target | undefined {
  const asked = at(record, 'requestParameters');
  switch (service) {
    case 'iam':
      return {
        type: 'iam-user',
        id: iamUserId(said(record, 'recipientAccountId') ?? accountOf(record), userName(record)),
      };
    case 'cognito-idp': {
      const [pool, name] = [said(asked, 'userPoolId'), said(asked, 'username')];
      return {
        type: 'cognito-user',
        id: pool === undefined || name === undefined ? undefined : `${pool}/${name}`,
      };
    }
    case 'identitystore':
    case 'sso-directory':
      return { type: 'identity-center-user', id: said(asked, 'userId') };
    default:
      return undefined;
  }
}

// A user who makes a key for himself names nobody in the request; the answer says whose it is.
function userName(record: Fields): string | undefined {
  const asked = said(record, 'requestParameters', 'userName');
  if (asked !== undefined) return asked;
  const answers = ['user', 'accessKey', 'loginProfile'];
  return answers
    .map((key) => said(record, 'responseElements', key, 'userName'))
    .find((name) => name !== undefined);
}

function accountOf(record: Fields): string | undefined {
  return said(record, 'userIdentity', 'accountId');
}

/** Types of the resources that the record lists: `AWS::IAM::Role` → `iam-role`. */
export function fieldsOf(record: Fields): readonly string[] {
  const resources = at(record, 'resources');
  const list: readonly unknown[] = Array.isArray(resources) ? resources : [];
  const keys = list.map((one) => registerKey((said(one, 'type') ?? '').replace(/^AWS::/, '')));
  return [...new Set(keys.filter((key) => key !== undefined))].sort();
}
