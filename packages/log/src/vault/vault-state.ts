import { decodeBase64url, EMPTY_ROOT, encodeBase64url } from '@zegel/core';
import { openEnvelope, sealEnvelope } from './envelope.ts';
import { SQL } from './statements.ts';
import type { VaultFile } from './vault-file.ts';

/** What a vault knows of itself. */
export interface VaultState {
  /** Grows whenever handles are destroyed. */
  readonly generation: number;
  /** Every `retention` entry below this size of the log is applied, on every page. */
  readonly healed: number;
  /** Root of the log's tree at that size. */
  readonly root: Uint8Array;
  /** Indexes of the newest of those entries, newest first. */
  readonly retentions: readonly number[];
}

/** The state of a vault of which nothing is known. */
export const UNKNOWN_STATE: VaultState = { generation: 0, healed: 0, root: EMPTY_ROOT, retentions: [] };

const NAME = 'state';
const ABOUT = 'zegel/state/v1';

/** Retention entries remembered: each costs opening a look at every handle it names. */
const REMEMBERED = 8;

type Sealing = Pick<VaultFile, 'db' | 'kek'>;

/** The state as it was sealed; undefined where it does not open, or says another generation than everybody reads. */
export function readState(vault: Sealing): VaultState | undefined {
  const read = vault.db.transaction(() => {
    const row = vault.db.prepare<[string], { box: unknown }>(SQL.secret).get(NAME);
    return { box: row?.box, generation: readGeneration(vault) };
  });
  const { box, generation } = read();
  const text = box instanceof Uint8Array ? openEnvelope(vault.kek, box, ABOUT) : undefined;
  if (text === undefined) return undefined;
  const state = JSON.parse(text.toString()) as Omit<VaultState, 'root'> & { root: string };
  return state.generation === generation ? { ...state, root: decodeBase64url(state.root) } : undefined;
}

/** Seals the state, so that nobody without the key-encryption key can tell the vault that it is healed. Within a transaction. */
export function writeState({ db, kek }: Sealing, state: VaultState): void {
  const { generation, healed, root } = state;
  const retentions = state.retentions.slice(0, REMEMBERED);
  const text = JSON.stringify({ generation, healed, root: encodeBase64url(root), retentions });
  db.prepare<[number]>(SQL.setGeneration).run(generation);
  db.prepare<[string, Uint8Array]>(SQL.putSecret).run(NAME, sealEnvelope(kek, Buffer.from(text), ABOUT));
}

/** Counts a destruction. Within a transaction. */
export function grow(vault: Sealing): void {
  const state = readState(vault) ?? UNKNOWN_STATE;
  writeState(vault, { ...state, generation: readGeneration(vault) + 1 });
}

/** Notes up to where the vault is healed; a state that is sound and further on stays. */
export function noteHealed(vault: Sealing, healed: Omit<VaultState, 'generation'>, sound: boolean): void {
  const note = vault.db.transaction(() => {
    const now = sound ? readState(vault) : undefined;
    if (now === undefined || now.healed < healed.healed)
      writeState(vault, { ...healed, generation: readGeneration(vault) });
  });
  note.immediate();
}

function readGeneration({ db }: Sealing): number {
  return db.prepare<[string], { value: number }>(SQL.state).get('generation')?.value ?? 0;
}
