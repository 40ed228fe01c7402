/**
 * Writes the conformance vectors: `node test/reference/generate.ts`. What it makes depends on
 * nothing but this folder, so that a second run changes no byte.
 *
 * @module
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalVectors } from './families/canonical.ts';
import { chainVectors } from './families/chain.ts';
import { registerVectors } from './families/chain-register.ts';
import { checkpointVectors } from './families/checkpoint.ts';
import { entryVectors } from './families/entry.ts';
import { idempotencyVectors, mentionVectors } from './families/persons.ts';
import { proofVectors } from './families/proof.ts';
import { pruneVectors } from './families/prune.ts';
import { sealedVectors } from './families/sealed.ts';
import { vaultVectors } from './families/vault.ts';
import { assertDemands, type NamedVector, type Vector } from './families/vector.ts';
import { workedVectors } from './families/worked.ts';

export const VECTORS: string = fileURLToPath(new URL('../../vectors/', import.meta.url));

/** Every vector, by its path below `vectors/` without `.json`. */
export function allVectors(): ReadonlyMap<string, Vector> {
  const named: readonly NamedVector[] = [
    ...canonicalVectors(),
    ...mentionVectors(),
    ...sealedVectors(),
    ...entryVectors(),
    ...chainVectors(),
    ...registerVectors(),
    ...checkpointVectors(),
    ...pruneVectors(),
    ...vaultVectors(),
    ...idempotencyVectors(),
    ...proofVectors(),
    ...workedVectors(),
  ];
  assertDemands();
  const map = new Map<string, Vector>();
  for (const [path, vector] of named) {
    if (map.has(path)) throw new Error(`two vectors at ${path}`);
    map.set(path, vector);
  }
  return map;
}

/** The text of a vector's file. */
export function fileText(vector: Vector): string {
  return `${JSON.stringify(vector, null, 1)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const families = new Set<string>();
  for (const [path, vector] of allVectors()) {
    const file = join(VECTORS, `${path}.json`);
    const family = dirname(file);
    if (!families.has(family)) rmSync(family, { recursive: true, force: true });
    families.add(family);
    mkdirSync(family, { recursive: true });
    writeFileSync(file, fileText(vector));
  }
}
