import {
  CompactRange,
  encodeBase64,
  leafHash,
  openCheckpoint,
  parseBundle,
  parseTile,
  parseVkey,
  tilePath,
  tilesOf,
} from '@zegel/core';
import { expect, test, vi } from 'vitest';
import { read, type Stage, stage } from './lib/stage.ts';
import { entries } from './served.ts';

const get = async (on: Stage, path: string, token?: string) =>
  on.app.request(path, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });

const bytesOf = async (answer: Response): Promise<Uint8Array> => new Uint8Array(await answer.arrayBuffer());

test('from checkpoint, tiles and bundles anybody builds the same tree', async () => {
  const on = await stage({ events: Array.from({ length: 300 }, (_, n) => read(n)) });
  const { text: token } = await on.services.access.newToken('mirror', ['read']);
  const answer = await get(on, '/log/checkpoint');
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('public, max-age=2');
  const { checkpoint } = openCheckpoint(await answer.text(), [parseVkey(on.log.vkey)]);
  expect(checkpoint.size).toBe(302);
  const [byTile, byBundle] = [CompactRange.empty(), CompactRange.empty()];
  for (const tile of tilesOf(checkpoint.size)) {
    const path = `/log/${tilePath(tile)}`;
    const served = await get(on, path);
    expect(served.headers.get('content-type'), path).toBe('application/octet-stream');
    expect(served.headers.get('cache-control')).toContain('immutable');
    const hashes = parseTile(await bytesOf(served));
    expect(hashes).toHaveLength(tile.width);
    if (tile.level === 0) for (const hash of hashes) byTile.append(hash);
  }
  for (const path of ['/log/tile/entries/000', '/log/tile/entries/001.p/46']) {
    const served = await get(on, path, token);
    expect(served.headers.get('cache-control')).toBe('private, no-cache');
    for (const entry of parseBundle(await bytesOf(served))) byBundle.append(leafHash(entry));
  }
  expect(encodeBase64(byTile.root())).toBe(encodeBase64(checkpoint.root));
  expect(encodeBase64(byBundle.root())).toBe(encodeBase64(checkpoint.root));
  const above = parseTile(await bytesOf(await get(on, '/log/tile/1/000.p/1')));
  const first = CompactRange.empty();
  for (const hash of parseTile(await bytesOf(await get(on, '/log/tile/0/000')))) first.append(hash);
  expect(above[0]).toEqual(first.root());
});

test('what the log does not have, or is written otherwise, is not there', async () => {
  const on = await stage({ events: [read(1)] });
  const { text: token } = await on.services.access.newToken('mirror', ['read']);
  for (const path of [
    ...['0/000', '0/000.p/4', '0/000.p/0', '0/000.p/256', '0/000.p/03', '00/000.p/1', '1/000.p/1', '64/000'],
    ...['0/x000/000', '0/0', '0/%2e%2e/0/000.p/1x', '0/000.p/1/', 'entries', '', '0/000.p/1%00'],
  ])
    expect((await get(on, `/log/tile/${path}`, token)).status, path).toBe(404);
  for (const path of ['000', '000.p/4', '001.p/1', '0/000.p/1'])
    expect((await get(on, `/log/tile/entries/${path}`, token)).status, path).toBe(404);
  expect((await get(on, '/log/tile/0/000.p/3')).status).toBe(200);
});

test('bundles hold entries and want a token of the scope read', async () => {
  const on = await stage({ events: [read(1)] });
  expect((await get(on, '/log/tile/entries/000.p/3')).status).toBe(401);
  const { text } = await on.services.access.newToken('other', ['events', 'metrics']);
  expect((await get(on, '/log/tile/entries/000.p/3', text)).status).toBe(403);
  expect((await on.get('/log/tile/entries/000.p/3')).status).toBe(401);
});

test('fetching bundles is one entry per token and hour, before the first is sent, and a mirror catches up', async () => {
  const clock = { now: Date.UTC(2026, 10, 22, 12) };
  const on = await stage({ events: [read(1)], services: { now: () => clock.now } });
  const [mirror, other] = [
    await on.services.access.newToken('mirror', ['read']),
    await on.services.access.newToken('mirror', ['read']),
  ];
  const fetchings = async () =>
    (await entries(on.dir)).filter(({ operation }) => operation === 'viewer.bundle');
  const fetchAll = async (token: string): Promise<number> => {
    const size: number = await on.log.size();
    const answer = await get(on, `/log/tile/entries/000.p/${size}`, token);
    expect(answer.status).toBe(200);
    return parseBundle(await bytesOf(answer)).length;
  };
  expect((await get(on, '/log/tile/entries/000.p/99', mirror.text)).status).toBe(404);
  expect(await fetchings(), 'nothing was sent').toHaveLength(0);
  expect(await Promise.all([fetchAll(mirror.text), fetchAll(mirror.text)])).toEqual([3, 3]);
  expect([await fetchAll(mirror.text), await fetchAll(mirror.text)]).toEqual([4, 4]);
  const [noted, ...more] = await fetchings();
  expect(more).toEqual([]);
  expect(noted).toMatchObject({ action: 'export', outcome: 'success', subjectCount: 0, fields: ['bundle'] });
  expect(noted).toMatchObject({ actor: { kind: 'system' } });
  await fetchAll(other.text);
  expect(await fetchings(), 'another token').toHaveLength(2);
  clock.now += 3_600_000;
  await fetchAll(mirror.text);
  expect(await fetchings(), 'another hour').toHaveLength(3);
});

test('a bundle is not sent when its entry can not be appended, and a proof leaves none', async () => {
  const on = await stage({ events: [read(1)] });
  const { text } = await on.services.access.newToken('mirror', ['read']);
  const size: number = await on.log.size();
  expect((await get(on, '/v1/entries/2/proof', text)).status).toBe(200);
  expect(await on.log.size()).toBe(size);
  const consult = vi.spyOn(on.log, 'consult').mockRejectedValueOnce(new Error('full'));
  const refused = await get(on, '/log/tile/entries/000.p/3', text);
  expect(refused.status).toBeGreaterThanOrEqual(500);
  consult.mockRestore();
  expect((await get(on, '/log/tile/entries/000.p/3', text)).status).toBe(200);
  expect(await on.log.size()).toBe(size + 1);
});
