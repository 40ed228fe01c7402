import type { AccessEvent } from '@zegel/log';
import { describe, expect, it } from 'vitest';
import { importCloudTrail } from '../src/cloudtrail/import-cloudtrail.ts';
import { problemsOf } from './shared.ts';

const ALICE = {
  type: 'IAMUser',
  accountId: '111122223333',
  userName: 'alice',
  arn: 'arn:aws:iam::111122223333:user/x/alice',
};

function trail(change: Readonly<Record<string, unknown>>): unknown {
  return JSON.parse(
    JSON.stringify({
      eventVersion: '1.09',
      eventID: '5e0c1b52-0000-4000-8000-000000000001',
      eventTime: '2026-03-01T08:00:00Z',
      eventSource: 'secretsmanager.amazonaws.com',
      eventName: 'GetSecretValue',
      readOnly: true,
      sourceIPAddress: '192.0.2.7',
      userAgent: 'aws-cli/2',
      recipientAccountId: '111122223333',
      userIdentity: ALICE,
      requestParameters: { secretId: 'payroll' },
      ...change,
    }),
  );
}

function eventOf(change: Readonly<Record<string, unknown>>): AccessEvent {
  const result = importCloudTrail(trail(change));
  if (result.kind === 'refused') throw new Error(result.reason);
  expect(problemsOf(result.event)).toEqual([]);
  return result.event;
}

describe('CloudTrail', () => {
  it('maps the reading of a secret', () => {
    expect(importCloudTrail(trail({}))).toEqual({
      kind: 'mapped',
      occurredFrom: 'eventTime',
      event: {
        occurred: '2026-03-01T08:00:00.000Z',
        action: 'read',
        operation: 'secretsmanager.get-secret-value',
        activity: 'imported',
        actor: {
          kind: 'employee',
          type: 'iam-user',
          id: '111122223333/alice',
          ip: '192.0.2.7',
          userAgent: 'aws-cli/2',
        },
        subjects: [],
        fields: [],
        service: 'secretsmanager',
        outcome: 'success',
        id: '5e0c1b52-0000-4000-8000-000000000001',
      },
    });
  });

  it.each([
    ['GetObject', true, 'read'],
    ['Decrypt', true, 'read'],
    ['BatchGetItem', true, 'read'],
    ['AdminGetUser', true, 'read'],
    ['AdminDeleteUser', false, 'delete'],
    ['ListUsers', true, 'search'],
    ['Scan', true, 'search'],
    ['LookupEvents', true, 'search'],
    ['PutObject', false, 'create'],
    ['PutItem', false, 'update'],
    ['TerminateInstances', false, 'delete'],
    ['ExportSnapshot', false, 'export'],
    ['AssumeRoleWithSAML', true, 'execute'],
    ['GetFederationToken', false, 'execute'],
    ['GetSomethingThatChanges', false, 'execute'],
    ['Frobnicate', true, 'read'],
    ['Frobnicate', false, 'execute'],
    ['Frobnicate', undefined, 'execute'],
  ])('takes %s (readOnly %s) for %s', (eventName, readOnly, action) => {
    expect(eventOf({ eventName, readOnly }).action).toBe(action);
  });

  it.each([
    ['AccessDenied', 'denied'],
    ['AccessDeniedException', 'denied'],
    ['Client.UnauthorizedOperation', 'denied'],
    ['NotAuthorizedException', 'denied'],
    ['ThrottlingException', 'error'],
    ['ResourceNotFoundException', 'error'],
  ])('takes the error %s for %s', (errorCode, outcome) => {
    expect(eventOf({ errorCode }).outcome).toBe(outcome);
  });

  it('takes a failed sign-in for a denial of somebody whom AWS hides', () => {
    const event = eventOf({
      eventSource: 'signin.amazonaws.com',
      eventName: 'ConsoleLogin',
      readOnly: false,
      errorMessage: 'Failed authentication',
      responseElements: { ConsoleLogin: 'Failure' },
      userIdentity: {
        type: 'IAMUser',
        accountId: '111122223333',
        userName: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      },
    });
    expect(event).toMatchObject({ action: 'execute', outcome: 'denied', actor: { kind: 'anonymous' } });
  });

  it.each([
    [{ type: 'IAMUser', userName: 'alice', arn: 'arn:u' }, 'employee', 'iam-user', 'arn:u'],
    [{ type: 'Root', accountId: '1', arn: 'arn:aws:iam::1:root' }, 'employee', 'aws-root', '1'],
    [{ type: 'AssumedRole', arn: 'arn:s', principalId: 'AROA:alice' }, 'employee', 'assumed-role', 'arn:s'],
    [
      { type: 'AssumedRole', arn: 'arn:s', principalId: 'AROA:i-0123456789abcdef0' },
      'system',
      'assumed-role',
      'arn:s',
    ],
    [
      { type: 'AWSService', invokedBy: 'config.amazonaws.com' },
      'system',
      'aws-service',
      'config.amazonaws.com',
    ],
    [{ accountId: '1', invokedBy: 'AWS Internal' }, 'system', 'aws-service', 'AWS Internal'],
    [{ type: 'AWSAccount', accountId: '2', principalId: 'AIDA' }, 'system', 'aws-account', 'AIDA'],
    [
      { type: 'IdentityCenterUser', onBehalfOf: { userId: 'u-1' } },
      'employee',
      'identity-center-user',
      'u-1',
    ],
    [{ type: 'SAMLUser', principalId: 'p', userName: 'a' }, 'employee', 'saml-user', 'p'],
    [
      { type: 'WebIdentityUser', principalId: 'p', identityProvider: 'accounts.google.com' },
      'customer',
      'web-identity',
      'p',
    ],
    [
      { type: 'WebIdentityUser', principalId: 'oidc:system:serviceaccount:a:b' },
      'system',
      'web-identity',
      'oidc:system:serviceaccount:a:b',
    ],
  ])('tells who %j is', (userIdentity, kind, type, id) => {
    const event = eventOf({ userIdentity });
    expect(event.actor).toMatchObject({ kind, type, id });
    expect(event.onBehalfOf).toBeUndefined();
  });

  it('tells for whom a service, a federated user or a session with a source identity acted', () => {
    const byService = eventOf({
      userIdentity: { ...ALICE, invokedBy: 'athena.amazonaws.com' },
      sourceIPAddress: 'athena.amazonaws.com',
    });
    expect(byService.actor).toEqual({
      kind: 'system',
      type: 'aws-service',
      id: 'athena.amazonaws.com',
      userAgent: 'aws-cli/2',
    });
    expect(byService.onBehalfOf).toEqual({ type: 'iam-user', id: '111122223333/alice' });
    const session = (sessionContext: unknown): unknown =>
      eventOf({ userIdentity: { type: 'AssumedRole', arn: 'arn:s', sessionContext } }).onBehalfOf;
    expect(session({ sessionIssuer: ALICE })).toEqual({ type: 'iam-user', id: '111122223333/alice' });
    expect(session({ sessionIssuer: { ...ALICE, type: 'Role' } })).toBeUndefined();
    expect(session({ sourceIdentity: 'bob' })).toEqual({ type: 'source-identity', id: 'bob' });
  });

  it('names only persons as subjects', () => {
    const target = (eventSource: string, requestParameters: unknown, responseElements?: unknown): unknown =>
      eventOf({ eventSource, eventName: 'CreateUser', readOnly: false, requestParameters, responseElements })
        .subjects;
    const bob = [{ type: 'iam-user', id: '111122223333/bob' }];
    expect(target('iam.amazonaws.com', { userName: 'bob' })).toEqual(bob);
    expect(target('iam.amazonaws.com', null, { accessKey: { userName: 'bob' } })).toEqual(bob);
    expect(target('iam.amazonaws.com', { roleName: 'admin' })).toEqual([]);
    expect(target('cognito-idp.amazonaws.com', { userPoolId: 'eu_1', username: 'eva' })).toEqual([
      { type: 'cognito-user', id: 'eu_1/eva' },
    ]);
    expect(
      target('cognito-idp.amazonaws.com', { userPoolId: 'eu_1', username: 'HIDDEN_DUE_TO_SECURITY_REASONS' }),
    ).toEqual([]);
    expect(target('rds.amazonaws.com', { userName: 'bob' })).toEqual([]);
  });

  it('names the types of resources as fields', () => {
    const resources = [
      { type: 'AWS::S3::Object' },
      { type: 'AWS::S3::Bucket' },
      { type: 'AWS::S3::Object' },
      { ARN: 'arn' },
    ];
    expect(eventOf({ resources }).fields).toEqual(['s3-bucket', 's3-object']);
  });

  it('keeps an address only if it is one', () => {
    expect(eventOf({ sourceIPAddress: 'AWS Internal' }).actor.ip).toBeUndefined();
    expect(eventOf({ sourceIPAddress: '035.1.2.3' }).actor.ip).toBeUndefined();
    expect(eventOf({ sourceIPAddress: '2001:db8::1' }).actor.ip).toBe('2001:db8::1');
  });

  it('maps activities by operation, then by service', () => {
    const activity = (map: Record<string, string>): unknown =>
      importCloudTrail(trail({}), { activity: { map } });
    expect(activity({ secretsmanager: 'secrets' })).toMatchObject({ event: { activity: 'secrets' } });
    expect(activity({ secretsmanager: 'a', 'secretsmanager.get-secret-value': 'b' })).toMatchObject({
      event: { activity: 'b' },
    });
  });

  it('keeps names within 64 characters', () => {
    const operation = eventOf({ eventName: `Get${'VeryLong'.repeat(12)}` }).operation ?? '';
    expect(operation).toHaveLength(64);
  });

  it.each([
    [{ eventTime: undefined }, 'eventTime is missing'],
    [{ eventTime: 'yesterday' }, 'eventTime is not a moment with a zone'],
    [{ eventName: undefined, userIdentity: undefined }, 'eventName is missing; userIdentity is missing'],
    [{ userIdentity: 'alice' }, 'userIdentity is missing'],
    [{ eventSource: undefined }, 'eventSource is missing'],
    [{ eventSource: '***' }, 'eventSource makes no service name'],
    [{ eventName: '???' }, 'eventName makes no operation name'],
    [{ digestStartTime: 'x' }, 'a CloudTrail digest is not an event'],
  ])('refuses %j', (change, reason) => {
    expect(importCloudTrail(trail(change))).toEqual({ kind: 'refused', reason });
  });

  it('hashes a record without eventID', () => {
    expect(eventOf({ eventID: undefined }).id).toMatch(/^sha256:/);
  });
});
