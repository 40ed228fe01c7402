import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../src/main.ts';
import { newLog, place } from './served.ts';

const MAIN = new URL('../dist/main.js', import.meta.url).href;
const PROGRAM = `
  const { serve } = await import(${JSON.stringify(MAIN)});
  const [log, state] = process.argv.slice(2);
  try {
    const { url } = await serve({ log, port: 0, checks: { state } });
    console.log(url);
  } catch (error) {
    console.log(error.code);
  }
`;

/** A viewer in a process of its own: the first line that it says, and how to kill it. */
async function viewer(log: string, state: string): Promise<{ line: string; kill: () => Promise<void> }> {
  const file = join(place(), 'viewer.mjs');
  writeFileSync(file, PROGRAM);
  const child = spawn(process.execPath, ['--no-warnings', file, log, state], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const ended = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return { line, kill };
}

test('of two viewers one has the state folder, until it ends, and be it by kill -9', async () => {
  const state = join(place(), 'memory');
  const [log, other] = [await newLog(), await newLog()];
  const first = await viewer(log, state);
  expect(first.line).toMatch(/^http:/);
  expect((await viewer(other, state)).line).toBe('STATE_TAKEN');
  await first.kill();
  const next = await viewer(other, state);
  expect(next.line).toMatch(/^http:/);
});

test('in one process as well, and the one that is refused leaves log and folder as they were', async () => {
  const state = join(place(), 'memory');
  const [log, other] = [await newLog(), await newLog()];
  const serving = await serve({ log, port: 0, checks: { state } });
  const second = { log: other, port: 0, checks: { state } };
  await expect(serve(second)).rejects.toMatchObject({
    code: 'STATE_TAKEN',
    message: expect.stringMatching(/in use by another viewer; name another folder with --state$/) as string,
  });
  await expect(serve(second), 'refusing it did not let go').rejects.toMatchObject({ code: 'STATE_TAKEN' });
  await serving.close();
  await (await serve(second)).close();
});
