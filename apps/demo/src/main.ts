/**
 * Runs the demo: the dashboard of Voorbeeld B.V., an office that works with it, and the log that fills. Run by `npm start`.
 * Folder by ZEGEL_DEMO, ports by PORT, speed of the office by ZEGEL_SPEED; ZEGEL_TRAFFIC=off leaves the office empty.
 *
 * @module
 */
import { relative, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Demo, placesIn, startDemo } from './start-demo.ts';
import { startViewer, type Viewing } from './start-viewer.ts';
import { drive, type Traffic } from './traffic/drive.ts';

/** The viewer has PORT itself; the dashboard takes the next one. */
const VIEWER_PORT = 8787;
const TELL_EVERY = 10_000;

const { env } = process;
const folder = resolve(env['ZEGEL_DEMO'] || '.zegel-demo');
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());

try {
  await main();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const hint = message.includes('EADDRINUSE')
    ? '; PORT=9000 npm start takes ports 9000 and 9001 instead'
    : '';
  process.stderr.write(`zegel: ${message}${hint}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  // Before anything is started, so that a wrong one leaves nothing behind.
  const port = numberOf('PORT', VIEWER_PORT, 1, 65_534);
  if (!Number.isInteger(port)) throw new RangeError(`PORT is a whole number, not "${port}"`);
  const speed = numberOf('ZEGEL_SPEED', 60, 0.1, 100_000);
  const seed = numberOf('ZEGEL_SEED', 1, 0, 2 ** 32 - 1);
  const demo = await startDemo(folder, port + 1);
  let viewing: Viewing | undefined;
  try {
    viewing = await startViewer(folder, port);
    greet(demo, viewing);
    await (env['ZEGEL_TRAFFIC'] === 'off' ? stopped() : busy(demo, speed, seed));
  } finally {
    await viewing?.close();
    await demo.close();
  }
  tell('\nstopped; everything that was shown is in the log, and the next start goes on');
}

async function busy(demo: Demo, speed: number, seed: number): Promise<void> {
  const { url, logIns } = demo;
  const traffic = drive({ url, logIns, speed, seed, signal: stop.signal });
  await Promise.all([traffic.ended, reports(demo, traffic)]);
}

async function reports({ log }: Demo, { clock, answers }: Traffic): Promise<void> {
  while (!stop.signal.aborted) {
    await Promise.race([wait(TELL_EVERY, undefined, { ref: false }), stopped()]);
    const answered = [...answers]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([kind, count]) => `${count} × ${kind}`);
    if (!stop.signal.aborted)
      tell(`  ${clock.text} in the office: ${answered.join(', ')}; ${await log.size()} entries`);
  }
}

function stopped(): Promise<void> {
  if (stop.signal.aborted) return Promise.resolve();
  return new Promise((done) => {
    stop.signal.addEventListener('abort', () => done(), { once: true });
    // Keeps the process while nobody asks anything.
    const alive = setInterval(() => undefined, TELL_EVERY);
    stop.signal.addEventListener('abort', () => clearInterval(alive), { once: true });
  });
}

function greet({ url, logIns }: Demo, viewing: Viewing): void {
  const at = placesIn(folder);
  const log = `--log ${shown(at.log)}`;
  const [user, role] = ['aafke', 'support'];
  tell(`Who saw whom: the viewer is at ${viewing.url}; log in as ${viewing.user} with token`);
  tell(`  ${viewing.token}`);
  tell(`The dashboard of Voorbeeld B.V. is at ${url}; all persons are made up.`);
  tell(
    `Log in as ${user} (${role}) with token ${logIns.tokenOf(user)}; more log-ins are in ${shown(at.logIns)}:`,
  );
  tell(`  curl -c jar -H 'content-type: application/json' ${url}/staff/log-in \\`);
  tell(`    -d '{"username":"${user}","token":"${logIns.tokenOf(user)}"}'`);
  tell(`  curl -b jar ${url}/customers?q=berg`);
  tell('By command, while the log fills:');
  tell(`  npx zegel search ${log} subject:customer:c-10001`);
  tell(`  npx zegel search ${log} outcome:denied`);
  tell(`  npx zegel reconcile ${log}`);
  tell(`  npx zegel verify ${log} --checkpoint ${shown(at.checkpoint)}`);
  tell('Ctrl-C stops it all; the data stays.\n');
}

/** A path as short as a command can have it. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}

/** A number from the environment; where the variable is missing or empty, `otherwise`. */
function numberOf(name: string, otherwise: number, least: number, most: number): number {
  const text = env[name] ?? '';
  const value = text.trim() === '' ? otherwise : Number(text);
  if (value >= least && value <= most) return value;
  throw new RangeError(`${name} is a number from ${least} to ${most}, not "${text}"`);
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
