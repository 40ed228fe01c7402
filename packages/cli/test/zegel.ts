import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, onTestFinished } from 'vitest';
import { main } from '../src/main.ts';

/** What a command left behind. */
export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** How a command is run. */
export interface Run {
  readonly stdin?: string | Uint8Array | AsyncIterable<Uint8Array>;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly progress?: boolean;
}

class Sink extends Writable {
  readonly #chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString();
  }
}

/** Runs `zegel` in this process, as user `tester`. */
export async function zegel(argv: readonly string[], run: Run = {}): Promise<Ran> {
  const [stdout, stderr] = [new Sink(), new Sink()];
  const { stdin = '', env = {}, signal = new AbortController().signal, progress = false } = run;
  const input = typeof stdin === 'string' || stdin instanceof Uint8Array ? once(stdin) : stdin;
  const status = await main(argv, { stdin: input, stdout, stderr, env, signal, user: 'tester', progress });
  return { status, out: stdout.text, err: stderr.text };
}

async function* once(bytes: string | Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  if (bytes.length > 0) yield Buffer.from(bytes);
}

/** A folder that goes with the test. */
export function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'zegel-cli-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A file in a new folder. */
export function file(name: string, content: string | Uint8Array): string {
  const path = join(folder(), name);
  writeFileSync(path, content);
  return path;
}

/** A new log without entries of its own; its name. */
export async function newLog(register?: string): Promise<string> {
  const log = join(folder(), 'audit');
  const options = register === undefined ? [] : ['--register', register];
  const { status, err } = await zegel(['init', '--log', log, '--origin', 'cli.example/audit', ...options]);
  if (status !== 0) throw new Error(err);
  return log;
}

/** An access event of the built-in register. */
export function event(more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    action: 'read',
    activity: 'general',
    actor: { kind: 'employee', id: 'e-17', role: 'support', ip: '192.0.2.7' },
    subjects: [{ type: 'customer', id: 'c-1001' }],
    fields: ['email'],
    service: 'dashboard',
    occurred: '2026-11-22T12:00:00.000Z',
    ...more,
  };
}

/** Objects as NDJSON. */
export function ndjson(...all: readonly unknown[]): string {
  return all.map((one) => `${JSON.stringify(one)}\n`).join('');
}

/** A log with these events. */
export async function logWith(...events: readonly unknown[]): Promise<string> {
  const log = await newLog();
  const { status, err } = await zegel(['append', '--log', log], { stdin: ndjson(...events) });
  if (status !== 0) throw new Error(err);
  return log;
}

/** Lines of NDJSON as objects. */
export function objects(text: string): readonly Readonly<Record<string, unknown>>[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}

/** Number of entries in a log. */
export async function sizeOf(log: string): Promise<number> {
  const { out } = await zegel(['checkpoint', '--log', log]);
  return Number(out.split('\n')[1]);
}

/** One line `zegel: CODE: …`, as every error is told. */
export function errorCode(err: string): string | undefined {
  return /^zegel: ([A-Z][A-Z0-9_]*): [^\n]+\n$/.exec(err)?.[1];
}

/** A text that matches, inside an expected object. */
export function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern) as unknown;
}
