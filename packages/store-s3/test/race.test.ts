import { expect, it } from 'vitest';
import type { Bucket } from '../src/bucket/bucket.ts';
import type { ObjectVersion, Outcome } from '../src/bucket/object-version.ts';
import { isListedInOrder, race } from '../src/probe/race.ts';

/** How a server may behave; what of it stands in the way of a log is for the race to find out. */
interface Behaviour {
  readonly create: (versions: readonly ObjectVersion[]) => Outcome['kind'];
  /** Where a new version is put in the listing, the youngest being first. */
  readonly place: (versions: readonly ObjectVersion[]) => number;
}

/** As many clients of such a server. */
function clientsOf({ create, place }: Behaviour, count = 8): readonly Bucket[] {
  const keys = new Map<string, ObjectVersion[]>();
  let made = 0;
  const put = (key: string, kind: Outcome['kind']): Promise<Outcome> => {
    const versions = keys.get(key) ?? [];
    keys.set(key, versions);
    if (kind === 'taken') return Promise.resolve({ kind });
    if (kind === 'unknown') return Promise.resolve({ kind, cause: new Error('no answer') });
    const versionId = `v${made++}`;
    versions.splice(place(versions), 0, { key, versionId, isDeleteMarker: false, size: 64, etag: '' });
    return Promise.resolve({ kind, versionId });
  };
  const client = {
    list: () => Promise.resolve([]),
    create: (key: string) => put(key, create(keys.get(key) ?? [])),
    put: (key: string) => put(key, 'made'),
    versions: (key: string) => Promise.resolve([...(keys.get(key) ?? [])]),
  } as unknown as Bucket;
  return Array.from({ length: count }, () => client);
}

const first: Behaviour['create'] = ({ length }) => (length === 0 ? 'made' : 'taken');
const youngestFirst = (): number => 0;

it('finds creates atomic where one wins each key', async () => {
  expect(await race(clientsOf({ create: first, place: youngestFirst }), 'p/')).toEqual({
    isAtomic: true,
    isOrderStable: true,
    mostWinners: 1,
  });
});

it('finds them not atomic where several win, the oldest staying the oldest', async () => {
  const create: Behaviour['create'] = ({ length }) => (length < 3 ? 'made' : 'taken');
  expect(await race(clientsOf({ create, place: youngestFirst }), 'p/')).toEqual({
    isAtomic: false,
    isOrderStable: true,
    mostWinners: 3,
  });
});

it('finds them not atomic where nobody wins', async () => {
  const found = await race(clientsOf({ create: () => 'taken', place: youngestFirst }), 'p/');
  expect(found).toEqual({ isAtomic: false, isOrderStable: false, mostWinners: 0 });
});

it('sees a version that is listed as older than one that was seen', async () => {
  let calls = 0;
  const place = ({ length }: readonly ObjectVersion[]): number => (calls++ % 8 === 7 ? length : 0);
  const late = clientsOf({ create: () => 'made', place });
  const slow = Object.assign(Object.create(late[0] ?? null) as Bucket, {
    // Arrives when the others have looked.
    create: async (key: string) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return late[0]?.create(key, new Uint8Array(1));
    },
  });
  expect(await race([...late.slice(1), slow], 'p/')).toMatchObject({ isOrderStable: false, mostWinners: 8 });
});

it('is no race where no answer is clear', async () => {
  await expect(race(clientsOf({ create: () => 'unknown', place: youngestFirst }), 'p/')).rejects.toThrow(
    expect.objectContaining({ code: 'STORE_IO' }),
  );
});

it('tells whether versions are listed as they were put', async () => {
  const [good] = clientsOf({ create: first, place: youngestFirst });
  const [bad] = clientsOf({ create: first, place: ({ length }) => length });
  expect(good !== undefined && (await isListedInOrder(good, 'k'))).toBe(true);
  expect(bad !== undefined && (await isListedInOrder(bad, 'k'))).toBe(false);
});
