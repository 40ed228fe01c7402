import { existsSync } from 'node:fs';
import type { AccessEvent } from '@zegel/log';
import { describe, expect, it } from 'vitest';
import { filesOf, importAll, problemsOf, sharedFolder, tally } from './shared.ts';

const folder = sharedFolder('cloudtrail');
const files = filesOf(folder);

interface Raw {
  readonly eventID: string;
  readonly eventName: string;
  readonly errorCode?: string;
  readonly userIdentity: { readonly type: string };
}

// The names of the calls in these files, put under actions by hand.
const BY_HAND: Readonly<Record<string, string>> = {
  read: `GetPasswordData GetSecretValue BatchGetSecretValue GetParameters DescribeParameters DescribeInstanceInformation
    DescribeInstances DescribeInstanceAttribute GetCommandInvocation GetCallerIdentity GetFoundationModelAvailability`,
  search: 'ListSecrets ListFoundationModelAgreementOffers',
  create: `RunInstances CreateUser CreateRole CreateAccessKey CreateLoginProfile CreateTrustAnchor CreateProfile
    CreateFoundationModelAgreement`,
  update: `PutEventSelectors ModifyInstanceAttribute ModifyImageAttribute ModifySnapshotAttribute ModifyDBSnapshotAttribute
    AttachUserPolicy AttachRolePolicy UpdateAssumeRolePolicy UpdateLoginProfile AddPermission20150331v2
    UpdateFunctionCode20150331v2 UpdateFunctionConfiguration20150331v2 AuthorizeSecurityGroupIngress
    EnableSerialConsoleAccess PutFoundationModelEntitlement PutUseCaseForModelAccess`,
  delete: 'DeleteTrail DeleteFlowLogs DeleteResolverQueryLogConfig DeleteLoginProfile',
  execute: `AssumeRole ConsoleLogin SendCommand StartSession TerminateSession StopLogging LeaveOrganization StartInstances
    StopInstances SendSSHPublicKey SendSerialConsoleSSHPublicKey InvokeModel GetFederationToken`,
};

function actionByHand(name: string): string | undefined {
  return Object.keys(BY_HAND).find((action) => BY_HAND[action]?.split(/\s+/).includes(name));
}

async function eventsOf(): Promise<readonly AccessEvent[]> {
  const results = await Promise.all(files.map(({ name, bytes }) => importAll('cloudtrail', name, bytes)));
  return results.flat().flatMap((one) => (one.kind === 'event' ? [one.event] : []));
}

describe.skipIf(!existsSync(folder))('CloudTrail records of ../shared', () => {
  const raws = files.flatMap(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()) as readonly Raw[]);

  it('brings in all 310 and refuses none', async () => {
    const events = await eventsOf();
    expect(raws).toHaveLength(310);
    expect(events.map(({ id }) => id)).toEqual(raws.map(({ eventID }) => eventID));
  });

  it('does what the names say, by a second list made by hand', async () => {
    const actions = (await eventsOf()).map(({ action }) => action);
    expect(actions).toEqual(raws.map(({ eventName }) => actionByHand(eventName)));
    expect(tally(actions)).toEqual({ read: 246, search: 2, create: 9, update: 16, delete: 4, execute: 33 });
  });

  it('tells denials from errors', async () => {
    const outcomes = tally((await eventsOf()).map(({ outcome }) => outcome));
    const codes = tally(raws.map(({ errorCode }) => errorCode));
    expect(outcomes).toEqual({
      success: codes['undefined'],
      denied: (codes['Client.UnauthorizedOperation'] ?? 0) + (codes['AccessDenied'] ?? 0),
      error: codes['EntityTemporarilyUnmodifiableException'],
    });
    expect(outcomes).toEqual({ success: 258, denied: 51, error: 1 });
  });

  it('names an actor in each, and the IAM users who were changed as subjects', async () => {
    const events = await eventsOf();
    expect(tally(events.map(({ actor }) => actor.type))).toEqual({
      'iam-user': raws.filter(({ userIdentity }) => userIdentity.type === 'IAMUser').length,
      'assumed-role': raws.filter(({ userIdentity }) => userIdentity.type === 'AssumedRole').length,
      'federated-user': 1,
    });
    const concerned = events.filter(({ subjects }) => subjects.length > 0).map(({ operation }) => operation);
    expect(concerned.every((operation) => operation?.startsWith('iam.') === true)).toBe(true);
    expect(concerned).toHaveLength(7);
  });

  it('gives only events that the log accepts', async () => {
    for (const event of await eventsOf()) expect(problemsOf(event), event.id).toEqual([]);
  });

  it('carries no secret name, key or answer of the service', async () => {
    const text = JSON.stringify(await eventsOf());
    expect(text).not.toMatch(/AKIA|ASIA|sessionToken|stratus-red-team-retrieve-secret|BEGIN CERTIFICATE/);
  });
});
