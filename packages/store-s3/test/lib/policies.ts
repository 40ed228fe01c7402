import { readFileSync } from 'node:fs';
import { PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { parseS3Url } from '../../src/index.ts';
import { onTestFinished, vi } from 'vitest';
import { administrator } from './s3.ts';

/** A second user of the server, `name:access key:secret key`; without one the owner is confined to the role. */
const [USER = '', ACCESS = '', SECRET = ''] = (process.env['ZEGEL_TEST_S3_USER'] ?? '').split(':');

/** Whether roles are taken by a user of their own. */
export const HAS_USER: boolean = USER !== '';

/** From here to the end of the test, whoever asks the buckets of a URL, or a public one, is in a role of the guide, and no more. */
export async function takeRole(role: string, url: string, to?: string): Promise<void> {
  const { bucket, vaultBucket } = parseS3Url(url);
  const buckets = new Map([
    ['audit-vault', vaultBucket],
    ['audit', bucket],
    ...(to === undefined ? [] : [['audit-public', parseS3Url(to).bucket] as const]),
  ]);
  const statements = roleOf(role, buckets);
  for (const one of buckets.values()) {
    const Policy = HAS_USER ? allowing(statements, one, USER) : confining(statements, one);
    if (Policy !== undefined) await administrator().send(new PutBucketPolicyCommand({ Bucket: one, Policy }));
  }
  if (!HAS_USER) return;
  vi.stubEnv('AWS_ACCESS_KEY_ID', ACCESS).stubEnv('AWS_SECRET_ACCESS_KEY', SECRET);
  onTestFinished(() => void vi.unstubAllEnvs());
}

/** One statement of a policy of the guide; lists throughout. */
interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

interface Written {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** All that could matter; Ceph takes `NotAction` for something else. */
const ACTIONS: readonly string[] = [
  'BypassGovernanceRetention',
  'DeleteBucket',
  'DeleteObject',
  'DeleteObjectVersion',
  'GetBucketObjectLockConfiguration',
  'GetBucketVersioning',
  'GetObject',
  'GetObjectLegalHold',
  'GetObjectRetention',
  'GetObjectVersion',
  'ListBucket',
  'ListBucketVersions',
  'PutBucketVersioning',
  'PutLifecycleConfiguration',
  'PutObject',
  'PutObjectLegalHold',
  'PutObjectRetention',
].map((name) => `s3:${name}`);

const GUIDE = new URL('../../../../docs/guides/s3-policies.md', import.meta.url);

const list = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value;

/** What the guide allows a role, for buckets by their names there. */
function roleOf(role: string, buckets: ReadonlyMap<string, string>): readonly Statement[] {
  const [, block] =
    new RegExp(`^\`\`\`json ${role}\\n([^]*?)^\`\`\`$`, 'm').exec(readFileSync(GUIDE, 'utf8')) ?? [];
  if (block === undefined) throw new Error(`the guide has no policy of a ${role}`);
  const { Statement } = JSON.parse(block) as { readonly Statement: readonly Written[] };
  const named = (arn: string): string =>
    arn.replace(
      /^(arn:aws:s3:::)([^/]+)/,
      (_, begin: string, name: string) => begin + (buckets.get(name) ?? name),
    );
  return Statement.map(({ Effect, Action, Resource }) => {
    if (Effect !== 'Allow') throw new Error('a role is what it may do');
    return { Action: list(Action), Resource: list(Resource).map(named) };
  });
}

const within = (bucket: string): ((arn: string) => boolean) => {
  const arn = `arn:aws:s3:::${bucket}`;
  return (one) => one === arn || one.startsWith(`${arn}/`);
};

/** The part of a role that concerns a bucket. */
function concerning(role: readonly Statement[], bucket: string): readonly Statement[] {
  return role
    .map(({ Action, Resource }) => ({ Action, Resource: Resource.filter(within(bucket)) }))
    .filter(({ Resource }) => Resource.length > 0);
}

/** The bucket's policy that allows a user the role; undefined when the role has no business there. */
function allowing(role: readonly Statement[], bucket: string, user: string): string | undefined {
  const statements = concerning(role, bucket);
  if (statements.length === 0) return undefined;
  const Principal = { AWS: [`arn:aws:iam:::user/${user}`] };
  return policy(statements.map((one) => ({ Effect: 'Allow', Principal, ...one })));
}

/**
 * The bucket's policy that leaves its owner no more than the role, for servers with one user: every action that
 * the role does not name is denied, and those that it names where it does not name them.
 */
function confining(role: readonly Statement[], bucket: string): string {
  const statements = concerning(role, bucket);
  const places = new Map<string, readonly string[]>();
  for (const { Action, Resource } of statements)
    for (const action of Action) places.set(action, [...(places.get(action) ?? []), ...Resource]);
  const all = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
  const deny = { Effect: 'Deny', Principal: '*' };
  return policy([
    { ...deny, Action: ACTIONS.filter((action) => !places.has(action)), Resource: all },
    ...[...places].map(([action, NotResource]) => ({ ...deny, Action: action, NotResource })),
  ]);
}

function policy(statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
