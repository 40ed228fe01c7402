import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Allowed, Attack, BucketAllowed, BucketAttack } from './attack.ts';

/** What the file of a case exports. */
export interface CaseModule {
  readonly attack?: Attack;
  readonly allowed?: Allowed;
  readonly bucketAttack?: BucketAttack;
  readonly bucketAllowed?: BucketAllowed;
}

/** A case and its file: the name of its test. */
export interface NamedCase<T> {
  readonly path: string;
  readonly name: string;
  readonly case: T;
}

/** Every file of a folder is a case. */
export async function loadCases<T>(
  folder: string,
  caseOf: (module: CaseModule) => T | undefined,
): Promise<readonly NamedCase<T>[]> {
  const dir = join(import.meta.dirname, '..', folder);
  const files = readdirSync(dir).filter((file) => file.endsWith('.ts'));
  return Promise.all(
    files.toSorted().map(async (file) => {
      const found = caseOf((await import(join(dir, file))) as CaseModule);
      if (found === undefined) throw new Error(`${folder}/${file} exports no case`);
      return { path: `${folder}/${file}`, name: file.replace(/\.ts$/, ''), case: found };
    }),
  );
}
