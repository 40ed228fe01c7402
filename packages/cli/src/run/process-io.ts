import { userInfo } from 'node:os';
import type { Io } from './io.ts';

/** The world of a process. The first interrupt asks the command to stop, the second ends the process as usual. */
export function processIo(): Io {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    signal: stop.signal,
    user: userName(),
    progress: process.stderr.isTTY,
  };
}

/** A user without an entry in the system's list (as in many containers) has a number only. */
function userName(): string {
  try {
    return userInfo().username || uid();
  } catch {
    return uid();
  }
}

function uid(): string {
  return `uid-${process.getuid?.() ?? 'unknown'}`;
}
