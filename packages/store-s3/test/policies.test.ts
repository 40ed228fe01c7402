import {
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  PutBucketVersioningCommand,
  PutObjectRetentionCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, it, vi } from 'vitest';
import { Bucket } from '../src/bucket/bucket.ts';
import { parseS3Url } from '../src/s3-url.ts';
import { HAS_USER, takeRole } from './lib/policies.ts';
import { administrator, NEEDS_S3, NO_S3, newBuckets } from './lib/s3.ts';

const BODY = Buffer.from('body');
const HOUR = 3_600_000;

/** What there is before the role sets to work. */
interface Place {
  readonly log: Bucket;
  readonly vault: Bucket;
  readonly raw: S3Client;
  /** Name of the log's bucket. */
  readonly name: string;
}

/** Objects that a deed has for itself: `seg/<at>1` under a lock, `seg/<at>2` under none, `checkpoint/<at>`, `tile/…/<at>`, `handle/<at>`. */
interface Spot {
  readonly at: string;
  /** Their versions. */
  readonly locked: string;
  readonly free: string;
  readonly checkpoint: string;
  readonly tile: string;
  readonly bundle: string;
}

type Deed = (it: Place & Spot) => Promise<unknown>;

const lock = (ms = HOUR): { mode: 'governance'; until: Date } => ({
  mode: 'governance',
  until: new Date(Date.now() + ms),
});

const DEEDS: Readonly<Record<string, Deed>> = {
  'list segments': ({ log }) => log.list('seg/'),
  'list versions': ({ log }) => log.versions('seg/'),
  'read a segment': ({ log, at }) => log.get(`seg/${at}1`),
  'read a version': ({ log, locked, at }) => log.get(`seg/${at}1`, { versionId: locked }),
  'see a lock': async ({ log, locked, at }) => {
    if ((await log.lockOf(`seg/${at}1`, locked))?.lock === undefined) throw new Error('not shown');
  },
  'see the settings': async ({ log }) => {
    const { versioning, objectLock } = await log.settings();
    if (versioning !== 'enabled' || !objectLock) throw new Error('not shown');
  },
  'create a locked segment': ({ log, at }) => log.create(`seg/${at}3`, BODY, lock()),
  'create a segment': ({ log, at }) => log.create(`seg/${at}4`, BODY),
  'put over garbage': ({ log, at }) => log.put(`seg/${at}2`, BODY, lock()),
  'create a checkpoint': ({ log, at }) => log.create(`checkpoint/${at}4`, BODY, lock()),
  'put the public checkpoint': ({ log }) => log.put('checkpoint', BODY),
  'put a tile': ({ log }) => log.put('tile/0/000', BODY),
  'put a bundle': ({ log }) => log.put('tile/entries/000', BODY),
  'mark bundles': ({ log }) => log.put('published/entries', BODY),
  'put elsewhere': ({ log }) => log.put('elsewhere', BODY),
  'remove a free version': ({ log, free, at }) => log.remove(`seg/${at}2`, free),
  'remove a locked version': ({ log, locked, at }) => log.remove(`seg/${at}1`, locked),
  'remove a checkpoint': ({ log, at, checkpoint }) => log.remove(`checkpoint/${at}`, checkpoint),
  'remove a tile': ({ log, at, tile }) => log.remove(`tile/0/${at}`, tile),
  'remove a bundle': ({ log, at, bundle }) => log.remove(`tile/entries/${at}`, bundle),
  'hide a segment': ({ log, at }) => log.remove(`seg/${at}1`),
  'set a legal hold': ({ log, free, at }) => log.legalHold(`seg/${at}2`, free, true),
  'hold a checkpoint': ({ log, checkpoint, at }) => log.legalHold(`checkpoint/${at}`, checkpoint, true),
  'pass a lock by': ({ raw, name, locked, at }) =>
    raw.send(
      new DeleteObjectCommand({
        Bucket: name,
        Key: `prod/seg/${at}1`,
        VersionId: locked,
        BypassGovernanceRetention: true,
      }),
    ),
  'shorten a lock': ({ raw, name, locked, at }) =>
    raw.send(
      new PutObjectRetentionCommand({
        Bucket: name,
        Key: `prod/seg/${at}1`,
        VersionId: locked,
        BypassGovernanceRetention: true,
        Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date(Date.now() + HOUR / 2) },
      }),
    ),
  'suspend versioning': ({ raw, name }) =>
    raw.send(
      new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status: 'Suspended' } }),
    ),
  'delete the bucket': ({ raw, name }) => raw.send(new DeleteBucketCommand({ Bucket: name })),
  'list handles': ({ vault }) => vault.list('handle/'),
  'read a handle': ({ vault, at }) => vault.get(`handle/${at}`),
  'make a handle': ({ vault, at }) => vault.create(`handle/${at}2`, BODY),
  'erase a handle': ({ vault, at }) => vault.remove(`handle/${at}`),
  'make the keys': ({ vault }) => vault.create('vault/keys', BODY),
  'delete the keys': ({ vault }) => vault.remove('vault/keys'),
  'change the policy': ({ raw, name }) => raw.send(new DeleteBucketPolicyCommand({ Bucket: name })),
};

const READ = [
  'list segments',
  'list versions',
  'read a segment',
  'read a version',
  'see a lock',
  'see the settings',
];
const WRITE = ['create a locked segment', 'create a segment', 'put over garbage', 'create a checkpoint'];
const VAULT = ['list handles', 'read a handle', 'make a handle', 'erase a handle', 'make the keys'];
const PUBLISH = [
  'put the public checkpoint',
  'put a tile',
  'put a bundle',
  'mark bundles',
  'remove a bundle',
];
const ROLES: Readonly<Record<string, readonly string[]>> = {
  writer: [...READ, ...WRITE, ...VAULT],
  reader: READ,
  publisher: [...READ, ...PUBLISH],
  'publisher elsewhere': READ,
  retention: [
    ...[...READ, ...WRITE, ...VAULT],
    ...['remove a free version', 'remove a bundle', 'set a legal hold', 'hold a checkpoint'],
  ],
};

// The owner of a bucket always changes its policy, wherever one is the only user.
const OWNERS = ['change the policy'];

/** A place where each deed meets what no other has changed, once the role is in force. */
async function preparePlace(role: string): Promise<{ place: Place; spots: ReadonlyMap<string, Spot> }> {
  const url = await newBuckets({ prefix: 'prod' });
  const { bucket: name, vaultBucket, endpoint, region } = parseS3Url(url);
  const open = (bucket: string): Bucket => new Bucket({ bucket, prefix: 'prod/', endpoint, region });
  const [log, vault] = [open(name), open(vaultBucket)];
  const spots = new Map<string, Spot>();
  const prepared = Object.keys(DEEDS).map(
    async (deed, n) => void spots.set(deed, await prepareSpot(log, vault, `${n}-`)),
  );
  await Promise.all(prepared);
  log.close();
  vault.close();
  await takeRole(role, url);
  return { place: { log: open(name), vault: open(vaultBucket), raw: administrator(), name }, spots };
}

async function prepareSpot(log: Bucket, vault: Bucket, at: string): Promise<Spot> {
  const put = async (key: string, isLocked: boolean): Promise<string> => {
    const outcome = await log.create(key, BODY, isLocked ? lock() : undefined);
    return outcome.kind === 'made' ? (outcome.versionId ?? '') : '';
  };
  await vault.create(`handle/${at}`, BODY);
  return {
    at,
    locked: await put(`seg/${at}1`, true),
    free: await put(`seg/${at}2`, false),
    checkpoint: await put(`checkpoint/${at}`, false),
    tile: await put(`tile/0/${at}`, false),
    bundle: await put(`tile/entries/${at}`, false),
  };
}

async function isDone(deed: Deed, place: Place & Spot): Promise<boolean> {
  try {
    const result = await deed(place);
    // Whoever may not list is told that nothing is there, by some servers.
    return !(typeof result === 'object' && result !== null && 'kind' in result && result.kind === 'unknown');
  } catch {
    return false;
  }
}

describe.skipIf(NO_S3)(`the policies of the guide ${NEEDS_S3}`, () => {
  it.each(Object.entries(ROLES))(
    'let a %s do what it needs, and nothing else',
    async (role, needed) => {
      const { place, spots } = await preparePlace(role);
      const done: string[] = [];
      for (const [name, deed] of Object.entries(DEEDS)) {
        const spot = spots.get(name);
        if (spot !== undefined && (await isDone(deed, { ...place, ...spot }))) done.push(name);
      }
      vi.unstubAllEnvs();
      const expected = Object.keys(DEEDS).filter((name) => needed.includes(name));
      expect(done.filter((name) => HAS_USER || !OWNERS.includes(name))).toEqual(expected);
    },
    120_000,
  );
});
