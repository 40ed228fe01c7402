import { rmSync } from 'node:fs';
import type { Attack, BucketAttack, Held, Wanted } from './attack.ts';
import { type BucketScene, copyBucketScene, type SoundScene } from './bucket-scene.ts';
import { examine, firsts } from './examine.ts';

/** Who verifies with all that an operator can't change, but for the vault, which tells of the log no more than its own case does. */
const EVERYTHING: readonly Held[] = ['vkey', 'checkpoint', 'state'];

/** What was found after an attack on a log in a bucket. */
export interface Told {
  /** By who holds what it takes, on a machine that never saw the log. */
  readonly cold: readonly Wanted[];
  /** The same without one of what it takes. */
  readonly without: ReadonlyMap<Held, readonly Wanted[]>;
  /** By who holds all of it, on a machine that saw the log before. */
  readonly warm: readonly Wanted[];
}

type Case = Pick<Attack, 'holds' | 'options'> & Pick<BucketAttack, 'tamper'>;

/** Lets a thief who has the log's key, or has not, at a copy of the log, and verifies it in several ways. */
export async function tryAttack(
  sound: SoundScene,
  { holds, options, tamper }: Case,
  thief: 'with the key' | 'without the key' = 'with the key',
): Promise<Told> {
  return onCopy(sound, thief, async (copy) => {
    await tamper(copy);
    await copy.bucket.own();
    const home = copy.bucket.coldHome();
    const cold = firsts(await examine(copy, holds, options, home));
    const without = new Map<Held, readonly Wanted[]>();
    for (const one of holds.filter((held) => held !== 'nothing'))
      without.set(
        one,
        firsts(
          await examine(
            copy,
            holds.filter((held) => held !== one),
            options,
            home,
          ),
        ),
      );
    const warm = firsts(await examine(copy, [...new Set([...EVERYTHING, ...holds])], options));
    return { cold, without, warm };
  });
}

/** What is found of a rewritten log whose thief had no key, and where its first segment begins that is none; undefined where nothing was rewritten. */
export async function tryWithoutKey(
  sound: SoundScene,
  { holds, options, tamper }: Case,
  isWarm: boolean,
): Promise<{ readonly found: readonly Wanted[]; readonly broken: number | undefined } | undefined> {
  return onCopy(sound, 'without the key', async (copy) => {
    await tamper(copy);
    const { written, home } = copy.bucket;
    if (written === undefined) return undefined;
    const at = isWarm ? home : copy.bucket.coldHome();
    const all = [...new Set([...EVERYTHING, ...holds])];
    return { found: firsts(await examine(copy, all, options, at)), broken: written.broken };
  });
}

/** Does something with a copy of a scene that is thrown away afterwards; what is in the bucket stays. */
export async function onCopy<T>(
  sound: SoundScene,
  thief: 'with the key' | 'without the key',
  work: (copy: BucketScene) => Promise<T>,
): Promise<T> {
  const copy = copyBucketScene(sound, thief);
  try {
    return await work(copy);
  } finally {
    rmSync(copy.root, { recursive: true, force: true });
  }
}
