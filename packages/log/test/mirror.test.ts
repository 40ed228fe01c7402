import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RemoteVault } from '../src/port.ts';
import { decodeSecrets, encodeSecrets, ensureMirror } from '../src/vault/remote/mirror.ts';
import { createVault, openVaultFile, VAULT_FILE } from '../src/vault/vault-file.ts';
import { place } from './log-place.ts';

const KEK = randomBytes(32);

/** A vault elsewhere of which the keys are these bytes. */
function elsewhere(bytes: Uint8Array): RemoteVault {
  return { secrets: () => Promise.resolve(bytes) } as Partial<RemoteVault> as RemoteVault;
}

function vaultIn(dir: string, kek: Uint8Array = KEK): Uint8Array {
  createVault(dir, kek);
  const vault = openVaultFile(dir, kek, true);
  const secrets = encodeSecrets(vault);
  vault.db.close();
  return secrets;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

test.each([
  ['garbage', () => Buffer.from('garbage'), 'VAULT_DAMAGED'],
  ['nothing', () => Buffer.alloc(0), 'VAULT_DAMAGED'],
  ['one key changed', (own: Uint8Array) => changed(own), 'VAULT_DAMAGED'],
  ['the keys of another', () => vaultIn(place(), randomBytes(32)), 'KEY_MISMATCH'],
])(
  '%s in place of the keys of a vault elsewhere does not cost this machine its own',
  async (_, bytesOf, code) => {
    const dir = place();
    const own = vaultIn(dir);
    const before = readFileSync(join(dir, VAULT_FILE));
    await expect(ensureMirror(dir, KEK, elsewhere(bytesOf(own)))).rejects.toMatchObject({ code });
    expect(readFileSync(join(dir, VAULT_FILE)).equals(before)).toBe(true);
  },
);

test('the same keys in another spelling are the same', async () => {
  const dir = place();
  const own = vaultIn(dir);
  const { db, checkPlace } = openVaultFile(dir, KEK, true);
  await ensureMirror(dir, KEK, elsewhere(Buffer.from(JSON.stringify(JSON.parse(text(own)), undefined, 2))));
  expect(checkPlace).not.toThrow(); // the file that is open is still the one that is there
  db.close();
});

test('other keys under the same key-encryption key take the place of its own', async () => {
  const dir = place();
  vaultIn(dir);
  const other = vaultIn(place());
  await ensureMirror(dir, KEK, elsewhere(other));
  const vault = openVaultFile(dir, KEK, true);
  expect(decodeSecrets(encodeSecrets(vault))).toEqual(decodeSecrets(other));
  vault.db.close();
});

function changed(own: Uint8Array): Uint8Array {
  const secrets = JSON.parse(text(own)) as Record<string, string>;
  const box = secrets['pointer'] ?? '';
  return Buffer.from(
    JSON.stringify({ ...secrets, pointer: `${box.startsWith('A') ? 'B' : 'A'}${box.slice(1)}` }),
  );
}
