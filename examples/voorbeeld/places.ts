import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The folders of the demo. */
export interface Places {
  /** The log, with a key folder in it: good enough for a demo. */
  readonly log: string;
  /** Stands for another machine: the verifier key, the newest checkpoint, what `verify` remembers, a customer's proof. */
  readonly elsewhere: string;
  /** Copies of the log to be attacked. */
  readonly attacked: string;
}

/** The folders in one. */
export function placesIn(folder: string): Places {
  const places = {
    log: join(folder, 'audit'),
    elsewhere: join(folder, 'elsewhere'),
    attacked: join(folder, 'attacked'),
  };
  mkdirSync(places.elsewhere, { recursive: true });
  return places;
}

/** Files that are kept elsewhere. */
export function keptElsewhere({
  elsewhere,
}: Places): Readonly<Record<'vkey' | 'checkpoint' | 'state' | 'proof' | 'entry', string>> {
  return {
    vkey: join(elsewhere, 'vkey'),
    checkpoint: join(elsewhere, 'checkpoint'),
    state: join(elsewhere, 'verify-state.json'),
    proof: join(elsewhere, 'customer.tlog-proof'),
    entry: join(elsewhere, 'customer.entry.json'),
  };
}

/** A path as short as a command can have it, from where the user is. */
export function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}
