import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../apps/demo/src/main.ts', import.meta.url));
const READY = 'Ctrl-C stops it all';

/** Somebody who can log in. */
export interface LogIn {
  readonly username: string;
  readonly token: string;
  readonly role: string;
}

/** The demo as `npm start` runs it, in a process of its own. */
export class RunningDemo {
  readonly folder: string;
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #texts: { out: string; err: string };

  private constructor(folder: string, url: string, child: ChildProcess, texts: { out: string; err: string }) {
    this.folder = folder;
    this.url = url;
    this.#child = child;
    this.#texts = texts;
  }

  static async start(folder: string, more: NodeJS.ProcessEnv = {}): Promise<RunningDemo> {
    const port = await freePort();
    // The dashboard takes the port after the viewer's.
    const env = { ...process.env, ZEGEL_DEMO: folder, PORT: String(port - 1), ...more };
    const child = spawn(process.execPath, [MAIN], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts = { out: '', err: '' };
    child.stdout.on('data', (text: Buffer) => (texts.out += text.toString()));
    child.stderr.on('data', (text: Buffer) => (texts.err += text.toString()));
    const ended = once(child, 'close');
    while (!texts.out.includes(READY)) {
      await Promise.race([once(child.stdout, 'data'), ended]);
      if (child.exitCode !== null) throw new Error(`the demo did not start: ${texts.err}`);
    }
    return new RunningDemo(folder, `http://127.0.0.1:${port}`, child, texts);
  }

  get logIns(): readonly LogIn[] {
    return JSON.parse(readFileSync(join(this.folder, 'log-ins.json'), 'utf8')) as LogIn[];
  }

  get out(): string {
    return this.#texts.out;
  }

  /** Ctrl-C; answers the exit status and what stood on stderr. */
  async stop(): Promise<{ readonly status: number | null; readonly err: string }> {
    if (this.#child.exitCode === null) {
      this.#child.kill('SIGINT');
      await once(this.#child, 'close');
    }
    return { status: this.#child.exitCode, err: this.#texts.err };
  }
}

/** A new folder for a demo, and what removes it. */
export function demoFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'zegel-demo-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** A free port, as is the one before it: below those that the system gives to connections meanwhile. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_001 + 2 * Math.floor(Math.random() * 10_000);
    if ((await isFree(port)) && (await isFree(port - 1))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<boolean>();
  server.once('error', () => resolve(false));
  server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  return promise;
}
