import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { checkAfterCrash, place, Writers } from './drill.ts';

const CHILD = fileURLToPath(new URL('./crash-child.ts', import.meta.url));
const PRELOAD = new URL('./kill-at-step.ts', import.meta.url).href;

/** A closed log with two requests in it. */
export async function logOf(): Promise<string> {
  const dir = place();
  const writer = new Writers(dir, 'before', 1, 2);
  writer.go();
  await writer.gone;
  await checkAfterCrash(dir, writer.acknowledged);
  return dir;
}

/** The writing steps of a whole run of `most` requests on a copy of a log, by thread. */
export async function stepsOf(log: string | undefined, most: number): Promise<Record<string, string[]>> {
  const dir = copyOf(log);
  const argv = ['--no-warnings', `--import=${PRELOAD}`, CHILD, dir, 'w', '1', String(most)];
  const child = spawn(process.execPath, argv, {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', ZEGEL_TEST_KILL: ':0:', ZEGEL_TEST_PRELOAD: PRELOAD },
  });
  let text = '';
  child.stderr.on('data', (chunk) => {
    text += String(chunk);
  });
  child.stdin.end('go\n');
  await new Promise((resolve) => child.once('close', resolve));
  expect(child.exitCode, text).toBe(0);
  const lines = text.split('\n').filter((line) => line.startsWith('steps '));
  expect(lines).toHaveLength(3);
  return Object.fromEntries(lines.map((line) => [line.split(' ')[1] ?? '', line.split(' ').slice(2)]));
}

/** Runs on a copy of a log until it kills itself at the step, checks what is left, and says whether it got to the step. */
async function dieAt(log: string | undefined, most: number, step: string): Promise<boolean> {
  const dir = copyOf(log);
  const writer = new Writers(dir, 'w', 1, most, step);
  writer.go();
  await writer.gone;
  // A step more or less is a matter of timing (messages travel together): who got to the end was not killed, and must be good as well.
  if (writer.child.signalCode === null) expect(writer.child.exitCode, `ended well past ${step}`).toBe(0);
  await checkAfterCrash(dir, writer.acknowledged);
  return writer.child.signalCode === 'SIGKILL';
}

/** Dies at one step after the other. Nearly all of them must be met: how messages travel together differs a little. */
export async function dieAtEach(
  log: string | undefined,
  most: number,
  steps: readonly string[],
  until: number = Number.POSITIVE_INFINITY,
): Promise<number> {
  let [met, done] = [0, 0];
  for (const step of steps) {
    if (performance.now() > until) break;
    if (await dieAt(log, most, step)) met++;
    done++;
  }
  expect(met / done).toBeGreaterThan(0.8);
  return done;
}

function copyOf(log: string | undefined): string {
  const dir = place();
  if (log !== undefined) cpSync(log, dir, { recursive: true });
  return dir;
}
