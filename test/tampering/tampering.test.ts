import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Held, Wanted } from './lib/attack.ts';
import { examine, firsts, inOrder } from './lib/examine.ts';
import { loadCases } from './lib/load-cases.ts';
import { copyScene, makeScene, removeScene, type Scene } from './lib/scene.ts';

const EVERYTHING: readonly Held[] = ['vkey', 'checkpoint', 'state', 'vault'];

let scene: Scene;

beforeAll(async () => {
  scene = await makeScene();
});

afterAll(() => {
  removeScene(scene);
});

describe('detected', async () => {
  const attacks = await loadCases('detected', (module) => module.attack);

  it('are at least 40', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(40);
  });

  it.for(attacks)('$path', async ({ case: attack }) => {
    await onCopy(attack.tamper, async (copy) => {
      const { holds, want, options } = attack;
      expect(firsts(await examine(copy, holds, options))).toEqual(inOrder(want));
      for (const one of holds.filter((held) => held !== 'nothing')) {
        const without = holds.filter((held) => held !== one);
        expect(firsts(await examine(copy, without, options)), `without the ${one}`).not.toEqual(
          expect.arrayContaining([...want]),
        );
      }
      const everything = firsts(await examine(copy, [...new Set([...EVERYTHING, ...holds])], options));
      expect(codesOf(everything), 'by who holds everything').toEqual(expect.arrayContaining(codesOf(want)));
    });
  });

  // The threads of a large log must say what the small log's own says.
  it.for(attacks.filter((_, i) => i % 16 === 0))(
    '$path, in threads',
    async ({ case: { tamper, holds, options } }) => {
      await onCopy(tamper, async (copy) => {
        const inline = await examine(copy, holds, { ...options, threads: 0 });
        expect(await examine(copy, holds, { ...options, threads: 2 })).toEqual(inline);
      });
    },
  );
});

describe('allowed', async () => {
  const cases = await loadCases('allowed', (module) => module.allowed);

  it.for(cases)('$path', async ({ case: allowed }) => {
    await onCopy(allowed.happen, async (copy) => {
      const there = { ...copy, dir: allowed.where?.(copy) ?? copy.dir };
      const found = await examine(there, [...EVERYTHING, 'index']);
      expect(found).toEqual({ findings: [], pruned: allowed.pruned ?? 0 });
    });
  });
});

function codesOf(wanted: readonly Wanted[]): string[] {
  return wanted.map(({ code }) => code);
}

async function onCopy(
  work: (copy: Scene) => void | Promise<void>,
  look: (copy: Scene) => Promise<void>,
): Promise<void> {
  const copy = copyScene(scene);
  try {
    await work(copy);
    await look(copy);
  } finally {
    removeScene(copy);
  }
}
