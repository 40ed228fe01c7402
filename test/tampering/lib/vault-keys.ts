import { createDecipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeBase64url, mentionPtr } from '@zegel/core';
import Database from 'better-sqlite3';
import type { Scene } from './scene.ts';

const NONCE = 12;
const TAG = 16;

/** One of the vault's own keys, opened with the key-encryption key that lies beside it. */
function vaultKey({ mirror, keys }: Scene, name: string): Uint8Array {
  const db = new Database(join(mirror, 'vault.db'), { readonly: true });
  const box = db.prepare<[string], Buffer>('SELECT box FROM secret WHERE name = ?').pluck().get(name);
  db.close();
  if (box === undefined) throw new Error(`the vault has no ${name} key`);
  const kek = decodeBase64url(readFileSync(join(keys, 'kek'), 'utf8').trim());
  const decipher = createDecipheriv('aes-256-gcm', kek, box.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(`zegel/secret/v1 ${name}`));
  decipher.setAuthTag(box.subarray(-TAG));
  return Buffer.concat([decipher.update(box.subarray(NONCE, -TAG)), decipher.final()]);
}

/** A pointer to a handle of any number, made with the vault's pointer key. */
export function pointerTo(scene: Scene, number: string, entryId: Uint8Array, position: number): string {
  return mentionPtr(decodeBase64url(number), vaultKey(scene, 'pointer'), entryId, position);
}
