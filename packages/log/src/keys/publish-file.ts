import { closeSync, fsyncSync, linkSync, openSync, rmSync, writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';

/**
 * Makes a file that others read from the first moment on: whole, on the medium, and only if there is none of that name.
 * It is written aside and then linked, so that a crash leaves no half of it, and of two at once one wins.
 */
export function publishFile(path: string, text: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    writeThrough(aside, text);
    link(aside, path);
  } finally {
    rmSync(aside, { force: true });
  }
  syncFolder(dirname(path));
}

function writeThrough(path: string, text: string): void {
  const fd = openSync(path, 'wx', 0o600);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function link(aside: string, path: string): void {
  try {
    linkSync(aside, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

// A name is durable only when its folder is; Windows can't open a folder and keeps names in its journal.
function syncFolder(dir: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(dir, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
