// Plain Node 20: what runs here runs before the toolchain is installed.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');

/** The Node that the toolchain brings; the machine's own only starts these scripts. */
export const node24 = join(bin, process.platform === 'win32' ? 'node.exe' : 'node');

/** Absolute path of a tool installed in the root. */
export function tool(name) {
  return join(bin, process.platform === 'win32' ? `${name}.cmd` : name);
}

function start(command, args, { env, ...options }) {
  const shell = process.platform === 'win32' && command.endsWith('.cmd');
  const path = { PATH: `${bin}${delimiter}${process.env.PATH}` };
  return spawn(command, args, { cwd: root, shell, ...options, env: { ...process.env, ...path, ...env } });
}

/** Runs with its output kept: `{ code, output }`. `code` is null when a signal or `timeout` (ms) ended it. */
export function capture(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = start(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString() }));
  });
}

/** Runs on this terminal and passes SIGTERM, SIGHUP and SIGINT on; resolves with the exit status a shell would give. */
export function attach(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { ...options, stdio: 'inherit' });
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    // A terminal sends SIGINT to the whole group, so the child already has it.
    const pass = (signal) => signal === 'SIGINT' || child.kill(signal);
    for (const signal of signals) process.on(signal, pass);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      for (const name of signals) process.off(name, pass);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/** npm itself, the one that started this script if one did. */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return capture(process.execPath, [cli, ...args], options);
  return capture(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}

/** Ends with one clear line on stderr. */
export function fail(message, detail = '') {
  if (detail.trim() !== '') process.stderr.write(`${detail.trimEnd()}\n`);
  process.stderr.write(`zegel: ${message}\n`);
  process.exit(1);
}
