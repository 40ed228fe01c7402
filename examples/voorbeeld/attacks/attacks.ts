import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type AccessEntry, createSigner, type Entry, parseSkey, type Signer } from '@zegel/core';
import { type Rewriting, rewrite } from './rewrite.ts';

/** What an attack aims at. */
export interface Target {
  readonly origin: string;
  /** A refused access, which shall look like any other. */
  readonly denied: number;
  /** Two accesses of one subject each, which shall change places. */
  readonly pair: readonly [AccessEntry, AccessEntry];
  /** Where the tail is cut off: entries that stay. */
  readonly keep: number;
  /** Numbers of two handles of different persons. */
  readonly handles: readonly [Uint8Array, Uint8Array];
}

/** Something done to a copy of the log. */
export interface Attack {
  readonly title: string;
  /** What `verify` needs to see it: the copy alone, the vault with it, or what is kept elsewhere. */
  readonly needs: 'copy' | 'vault' | 'elsewhere';
  /** A code that `verify` must then answer with. */
  readonly code: string;
  run(copy: string, from: string, target: Target): Promise<void> | void;
}

const whitewash =
  ({ denied }: Target): Rewriting['edit'] =>
  (entry) =>
    entry.index === denied && entry.kind === 'access' ? { ...entry, outcome: 'success' } : entry;

/** Attacks, from clumsy to as good as they can be. */
export const ATTACKS: readonly Attack[] = [
  {
    title: 'Somebody with the file turns a refused access into an ordinary one.',
    needs: 'copy',
    code: 'leaf-hash',
    run: (copy, from, target) => replaceLog(copy, from, { edit: whitewash(target) }),
  },
  {
    title:
      'Two customers change places, and chain, hashes and tree are recomputed. The key for the checkpoints is missing.',
    needs: 'copy',
    code: 'root-mismatch',
    run: (copy, from, { pair }) => replaceLog(copy, from, { edit: exchange(pair), rechain: true }),
  },
  {
    title: 'The end of the day is cut off. What is left is good in itself.',
    needs: 'elsewhere',
    code: 'truncated',
    run: (copy, from, { keep }) => replaceLog(copy, from, { edit: (entry) => entry, until: keep }),
  },
  {
    title: 'The whole log is written anew and signed with another key, which it now names as its own.',
    needs: 'elsewhere',
    code: 'signature-unknown',
    run: (copy, from, target) => {
      const own = createSigner(target.origin, new Uint8Array(32).fill(7));
      return replaceLog(copy, from, { edit: under(own, whitewash(target)), rechain: true, signer: own });
    },
  },
  {
    title: 'The whole log is written anew and signed with its own, stolen key.',
    needs: 'elsewhere',
    code: 'forked',
    run: (copy, from, target) => {
      const stolen = parseSkey(readFileSync(join(from, 'keys', 'log.key'), 'utf8').trim());
      return replaceLog(copy, from, { edit: whitewash(target), rechain: true, signer: stolen });
    },
  },
  {
    title: 'The log is left alone, and two customers are exchanged in the vault.',
    needs: 'vault',
    code: 'mention-unopened',
    run: (copy, _from, { handles }) => exchangeHandles(join(copy, 'vault.db'), handles),
  },
];

async function replaceLog(copy: string, from: string, rewriting: Rewriting): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(copy, `log.db${suffix}`), { force: true });
  await rewrite(from, copy, rewriting);
}

function exchange([one, other]: Target['pair']): Rewriting['edit'] {
  return (entry) => {
    if (entry.index === one.index) return { ...one, subjects: other.subjects };
    return entry.index === other.index ? { ...other, subjects: one.subjects } : entry;
  };
}

function under(signer: Signer, edit: Rewriting['edit']): Rewriting['edit'] {
  return (entry: Entry) => (entry.kind === 'genesis' ? { ...entry, vkey: signer.vkey } : edit(entry));
}

function exchangeHandles(path: string, [one, other]: Target['handles']): void {
  const vault = new DatabaseSync(path);
  const boxOf = vault.prepare('SELECT box FROM handle WHERE number = ?');
  const put = vault.prepare('UPDATE handle SET box = ? WHERE number = ?');
  const boxes = [boxOf.get(one)?.['box'], boxOf.get(other)?.['box']].map((box) => box as Uint8Array);
  put.run(boxes[1] ?? null, one);
  put.run(boxes[0] ?? null, other);
  vault.close();
}
