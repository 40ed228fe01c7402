import { expect, test } from 'vitest';
import { entryOf, event, only, opened, place } from './log-place.ts';
import { openVaultReader } from '../src/open-vault.ts';
import { verifyLog } from '../src/verify/verify.ts';

const DAY = 86_400_000;
const at = (ms: number): string => new Date(Date.now() + ms).toISOString();

test('an event of a clock three days ahead is stored and flagged, and verification warns of it', async () => {
  const dir = place();
  const log = await opened(dir);
  const occurred = at(3 * DAY);
  const ahead = await entryOf(log, only(await log.append([event(1, { occurred })])));
  expect(ahead).toMatchObject({ occurred, flags: ['occurred-after'] });
  const also = await log.append([event(2, { occurred, flags: ['undeclared', 'occurred-after'] })]);
  expect((await entryOf(log, only(also)))['flags']).toEqual(['occurred-after', 'undeclared']);
  for (const ms of [-3 * DAY, 0, 240_000])
    expect((await entryOf(log, only(await log.append([event(3, { occurred: at(ms) })]))))['flags']).toBe(
      undefined,
    );
  await log.close();
  const vault = await openVaultReader(dir, { heal: false });
  const report = await verifyLog(dir, { vault, threads: 1 });
  vault.close();
  expect(report.ok).toBe(true);
  expect(report.warnings.map(({ code, index }) => [code, index])).toEqual([
    ['occurred-after', 2],
    ['occurred-after', 3],
  ]);
});

test('a flag of its own does not hide that nothing could be sealed', async () => {
  const log = await opened(place());
  const nobody = { actor: { kind: 'anonymous', ip: '192.0.2.7' }, subjects: [], occurred: at(DAY) } as const;
  const entry = await entryOf(log, only(await log.append([event(1, nobody)])));
  expect(entry['flags']).toEqual(['occurred-after', 'unsealed']);
});
