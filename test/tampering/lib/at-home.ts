import { parseLocation } from '@zegel/log';

/**
 * Does something as on the machine that keeps its data in `home`; undefined is the machine of whoever calls. Whatever opens a
 * log finds its folder before it first waits, so that others may be at work on other machines meanwhile.
 */
export function atHome<T>(home: string | undefined, work: () => T): T {
  if (home === undefined) return work();
  const before = process.env['XDG_DATA_HOME'];
  process.env['XDG_DATA_HOME'] = home;
  try {
    return work();
  } finally {
    if (before === undefined) delete process.env['XDG_DATA_HOME'];
    else process.env['XDG_DATA_HOME'] = before;
  }
}

/** Folder of what a machine keeps of a log. */
export function folderAt(home: string | undefined, url: string): string {
  return atHome(home, () => parseLocation(url).dir);
}
