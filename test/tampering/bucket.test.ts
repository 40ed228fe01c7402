import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Attack, InBucket, Wanted } from './lib/attack.ts';
import { makeBucketScene, type SoundScene } from './lib/bucket-scene.ts';
import { examine, inOrder } from './lib/examine.ts';
import { onCopy, tryAttack, tryWithoutKey } from './lib/in-bucket.ts';
import { loadCases, type NamedCase } from './lib/load-cases.ts';

const ENDPOINT = process.env['ZEGEL_TEST_S3'] ?? '';

const attacks = await loadCases('detected', (module) => module.attack);
const own = await loadCases('in-bucket/detected', (module) => module.bucketAttack);
const lawful = await loadCases('allowed', (module) => module.allowed);
const ownLawful = await loadCases('in-bucket/allowed', (module) => module.bucketAllowed);

let scene: SoundScene;

describe('every case of a log in a file', () => {
  it('is tried in a bucket, or another one is that stands for it, or there is a reason', () => {
    const counterparts = new Set(own.map(({ name }) => name));
    const missing = attacks.filter(({ case: { inBucket } }) => !isAccountedFor(inBucket, counterparts));
    expect(missing.map(({ name }) => name)).toEqual([]);
    const lawfulOnes = new Set(ownLawful.map(({ name }) => name));
    const without = lawful.filter(({ case: { inBucket } }) => !isAccountedFor(inBucket, lawfulOnes));
    expect(without.map(({ name }) => name)).toEqual([]);
  });
});

describe.skipIf(ENDPOINT === '')('a log in a bucket (needs a server in ZEGEL_TEST_S3)', () => {
  beforeAll(async () => {
    scene = await makeBucketScene(ENDPOINT);
  });

  afterAll(() => {
    scene.pristine.client.destroy();
    rmSync(scene.root, { recursive: true, force: true });
  });

  const same = attacks.filter(({ case: { inBucket } }) => inBucket === undefined || 'want' in inBucket);
  it.concurrent.for(same)('$path, by who has the key', async ({ case: attack }, { expect }) => {
    const want = wantOf(attack);
    const { cold, without, warm } = await tryAttack(scene, attack);
    expect(cold).toEqual(inOrder(want));
    for (const [held, found] of without)
      if (want.length > 0)
        expect(found, `without the ${held}`).not.toEqual(expect.arrayContaining([...want]));
    // A machine that knows another segment than the one there calls it damage, whoever signed it.
    if (!codesOf(warm).includes('store-damaged'))
      expect(codesOf(warm), 'on a machine that saw the log').toEqual(
        expect.arrayContaining([...codesOf(want)]),
      );
  });

  it.concurrent.for(same.map((each, i) => ({ ...each, isWarm: i % 3 === 0 })))(
    '$path, by who has no key',
    async ({ case: attack, isWarm }, { expect }) => {
      const told = await tryWithoutKey(scene, attack, isWarm);
      if (told === undefined) return; // nothing of the log was touched
      const codes = codesOf(told.found);
      if (told.broken === undefined) expect(codes).not.toEqual([]);
      else {
        expect(codes).toContain('store-damaged');
        const first = Math.min(...told.found.map(({ index = told.broken ?? 0 }) => index));
        expect(first, 'names the first segment that is none').toBeLessThanOrEqual(told.broken);
      }
    },
  );

  it.concurrent.for(own)('$path', async ({ case: attack }, { expect }) => {
    const { cold, without, warm } = await tryAttack(scene, attack);
    expect(cold).toEqual(attack.onMachine ? [] : inOrder(attack.want));
    for (const [held, found] of without)
      expect(found, `without the ${held}`).not.toEqual(expect.arrayContaining([...attack.want]));
    expect(warm, 'on a machine that saw the log').toEqual(inOrder((attack.onWarm ?? attack).want));
  });

  it.concurrent.for(attacks.filter(({ case: { inBucket } }) => isRefused(inBucket)))(
    '$path is refused',
    async ({ case: attack }, { expect }) => {
      const code = isRefused(attack.inBucket) ? attack.inBucket.refused : '';
      await expect(tryAttack(scene, attack)).rejects.toMatchObject({ code });
    },
  );

  const lawfulHere = [
    ...lawful.filter(({ case: { inBucket } }) => inBucket === undefined),
    ...ownLawful,
  ] satisfies readonly NamedCase<unknown>[];
  it.concurrent.for(lawfulHere)('$path', async ({ case: allowed }, { expect }) => {
    await onCopy(scene, 'with the key', async (copy) => {
      await copy.bucket.ownVault();
      await allowed.happen(copy);
      const there = { ...copy, dir: allowed.where?.(copy) ?? copy.dir };
      const found = { findings: [], pruned: allowed.pruned ?? 0 };
      expect(await examine(there, ['vkey', 'checkpoint', 'state', 'vault', 'index'])).toEqual(found);
      expect(await examine(there, ['nothing'], {}, copy.bucket.coldHome())).toEqual(found);
    });
  });
});

function wantOf({ inBucket, want }: Attack): readonly Wanted[] {
  return inBucket !== undefined && 'want' in inBucket ? inBucket.want : want;
}

function isRefused(inBucket: InBucket | undefined): inBucket is InBucket & { readonly refused: string } {
  return inBucket !== undefined && 'refused' in inBucket;
}

function isAccountedFor(inBucket: InBucket | undefined, counterparts: ReadonlySet<string>): boolean {
  if (inBucket === undefined || 'want' in inBucket || 'refused' in inBucket) return true;
  return 'counterpart' in inBucket ? counterparts.has(inBucket.counterpart) : inBucket.none !== '';
}

function codesOf(wanted: readonly Wanted[]): readonly string[] {
  return wanted.map(({ code }) => code);
}
