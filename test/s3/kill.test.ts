import { describe, expect, test } from 'vitest';
import { dieAt, dieWhileAsking, requestsOf, stepsOf } from './kill.ts';
import { ATOMIC } from './lib/servers.ts';

/** Places of the requests of one commit amid a run: from the second segment to what comes after its checkpoint. */
function ofOneCommit(puts: readonly boolean[]): number[] {
  const from = puts.indexOf(true, puts.indexOf(true) + 1);
  const to = puts.indexOf(true, from + 1);
  return Array.from({ length: to - from + 1 }, (_, n) => from + n);
}

const { mode, endpoint = '', variable } = ATOMIC;

describe(`a writer killed, ${mode} (needs a server in ${variable})`, () => {
  describe.skipIf(endpoint === '')('leaves a good log', () => {
    test('at each request of a commit, whether the server gets it or not', async () => {
      const requests = await requestsOf(endpoint);
      const puts = requests.map(({ operation, key }) => operation === 'put' && key.startsWith('log/seg/'));
      const steps = ofOneCommit(puts);
      expect(steps.length).toBeGreaterThan(3); // segment, confirmation, checkpoint, the next segment
      for (const nth of steps)
        for (const persisted of [true, false])
          expect(await dieWhileAsking(endpoint, nth, persisted)).toBe(true);
    });

    test('at some of its own steps in a commit', async () => {
      const names = await stepsOf(endpoint);
      const answers = names.flatMap((name, at) => (name === 'answer' ? [at] : []));
      // The last three commits of the run make most of its answers: those of one of them, and what lies between.
      const [from = 0, to = 0] = [answers.at(-7), answers.at(-3)];
      // Of the steps one in three: all of them take a minute, and have it among the long tests.
      const steps = Array.from({ length: Math.ceil((to - from) / 3) }, (_, n) => `${from + 3 * n + 1}:after`);
      expect(names.slice(from, to)).toEqual(expect.arrayContaining(['request', 'answer', 'run']));
      const met: boolean[] = [];
      for (const step of steps) met.push(await dieAt(endpoint, step));
      expect(met.filter(Boolean).length / met.length).toBeGreaterThan(0.8);
    });
  });
});
