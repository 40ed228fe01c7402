import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Server } from '../../s3/lib/servers.ts';
import type { Attack, InBucket, Wanted } from './attack.ts';
import { makeBucketScene, type SoundScene } from './bucket-scene.ts';
import { examine, inOrder } from './examine.ts';
import { onCopy, tryAttack, tryWithoutKey } from './in-bucket.ts';
import { loadCases, type NamedCase } from './load-cases.ts';

const attacks = await loadCases('detected', (module) => module.attack);
const own = await loadCases('in-bucket/detected', (module) => module.bucketAttack);
const lawful = await loadCases('allowed', (module) => module.allowed);
const ownLawful = await loadCases('in-bucket/allowed', (module) => module.bucketAllowed);

/** Every attack on a log in a bucket, and everything that is no attack; of each kind one in `share`. */
export function casesInBucket({ mode, endpoint, variable }: Server, share: number): void {
  const some = <T>(all: readonly T[]): readonly T[] => all.filter((_, i) => i % share === 0);
  let scene: SoundScene;
  describe.skipIf(endpoint === undefined)(
    `a log in a bucket, ${mode} (needs a server in ${variable})`,
    () => {
      beforeAll(async () => {
        scene = await makeBucketScene(endpoint ?? '');
      });

      afterAll(() => {
        scene.pristine.client.destroy();
        rmSync(scene.root, { recursive: true, force: true });
      });

      const same = attacks.filter(({ case: { inBucket } }) => inBucket === undefined || 'want' in inBucket);
      it.concurrent.for(some(same))('$path, by who has the key', async ({ case: attack }, { expect }) => {
        const want = wantOf(attack);
        const { cold, without, warm } = await tryAttack(scene, attack);
        expect(cold).toEqual(inOrder(want));
        for (const [held, found] of without)
          if (want.length > 0)
            expect(found, `without the ${held}`).not.toEqual(expect.arrayContaining([...want]));
        // A machine that knows another segment than the one there calls it damage, whoever signed it; one that knows the keys of a
        // log without a genesis says as much of it as of a file.
        const enough = [want, attack.want, [{ code: 'store-damaged' }] as const];
        expect(
          enough.filter((codes) => codes.every(({ code }) => codesOf(warm).includes(code))),
          `on a machine that saw the log: ${codesOf(warm).join(', ')}`,
        ).not.toEqual([]);
      });

      it.concurrent.for(some(same).map((each, i) => ({ ...each, isWarm: i % 3 === 0 })))(
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

      it.concurrent.for(some(own.filter(({ case: { refused } }) => refused === undefined)))(
        '$path',
        async ({ case: attack }, { expect }) => {
          const { cold, without, warm } = await tryAttack(scene, attack);
          expect(cold).toEqual(attack.onMachine ? [] : inOrder(attack.want));
          for (const [held, found] of without)
            expect(found, `without the ${held}`).not.toEqual(expect.arrayContaining([...attack.want]));
          expect(warm, 'on a machine that saw the log').toEqual(inOrder((attack.onWarm ?? attack).want));
        },
      );

      it.concurrent.for(attacks.filter(({ case: { inBucket } }) => isRefused(inBucket)))(
        '$path is refused',
        async ({ case: attack }, { expect }) => {
          const code = isRefused(attack.inBucket) ? attack.inBucket.refused : '';
          await expect(tryAttack(scene, attack)).rejects.toMatchObject({ code });
        },
      );

      it.concurrent.for(own.filter(({ case: { refused } }) => refused !== undefined))(
        '$path is refused',
        async ({ case: attack }, { expect }) => {
          await expect(tryAttack(scene, attack)).rejects.toMatchObject({ code: attack.refused });
        },
      );

      const lawfulHere = [
        ...lawful.filter(({ case: { inBucket } }) => inBucket === undefined),
        ...ownLawful,
      ] satisfies readonly NamedCase<unknown>[];
      it.concurrent.for(some(lawfulHere))('$path', async ({ case: allowed }, { expect }) => {
        await onCopy(scene, 'with the key', async (copy) => {
          await copy.bucket.ownVault();
          await allowed.happen(copy);
          const there = { ...copy, dir: allowed.where?.(copy) ?? copy.dir };
          const found = { findings: [], pruned: allowed.pruned ?? 0 };
          expect(await examine(there, ['vkey', 'checkpoint', 'state', 'vault', 'index'])).toEqual(found);
          expect(await examine(there, ['nothing'], {}, copy.bucket.coldHome())).toEqual(found);
        });
      });
    },
  );
}

function wantOf({ inBucket, want }: Attack): readonly Wanted[] {
  return inBucket !== undefined && 'want' in inBucket ? inBucket.want : want;
}

function isRefused(inBucket: InBucket | undefined): inBucket is InBucket & { readonly refused: string } {
  return inBucket !== undefined && 'refused' in inBucket;
}

function codesOf(wanted: readonly Wanted[]): readonly string[] {
  return wanted.map(({ code }) => code);
}
