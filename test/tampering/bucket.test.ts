import { describe, expect, it } from 'vitest';
import { ATOMIC } from '../s3/lib/servers.ts';
import type { InBucket } from './lib/attack.ts';
import { casesInBucket } from './lib/cases-in-bucket.ts';
import { loadCases } from './lib/load-cases.ts';

const attacks = await loadCases('detected', (module) => module.attack);
const own = await loadCases('in-bucket/detected', (module) => module.bucketAttack);
const lawful = await loadCases('allowed', (module) => module.allowed);
const ownLawful = await loadCases('in-bucket/allowed', (module) => module.bucketAllowed);

describe('every case of a log in a file', () => {
  it('is tried in a bucket, or another one is that stands for it, or there is a reason', () => {
    const counterparts = new Set(own.map(({ name }) => name));
    const missing = attacks.filter(({ case: { inBucket } }) => !isAccountedFor(inBucket, counterparts));
    expect(missing.map(({ name }) => name)).toEqual([]);
    const lawfulOnes = new Set(ownLawful.map(({ name }) => name));
    const without = lawful.filter(({ case: { inBucket } }) => !isAccountedFor(inBucket, lawfulOnes));
    expect(without.map(({ name }) => name)).toEqual([]);
  });
});

// All of them are tried in bucket.long.test.ts: on a small machine they take minutes.
casesInBucket(ATOMIC, 3);

function isAccountedFor(inBucket: InBucket | undefined, counterparts: ReadonlySet<string>): boolean {
  if (inBucket === undefined || 'want' in inBucket || 'refused' in inBucket) return true;
  return 'counterpart' in inBucket ? counterparts.has(inBucket.counterpart) : inBucket.none !== '';
}
