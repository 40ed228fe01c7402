import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openVaultReader, type VerifyOptions, type VerifyReport, verifyLog } from '@zegel/log';
import { ATTACKS, type Attack, type Target } from '../attacks/attacks.ts';
import type { Places } from '../places.ts';
import { aside, chapter, tell } from '../story.ts';
import { fromElsewhere, say } from './verify.ts';

/** Attacks copies of the log and tells what `verify` says of each. @throws Error when one goes unseen */
export async function attackCopies(places: Places, target: Target): Promise<void> {
  chapter('4  Attack copies');
  for (const [n, attack] of ATTACKS.entries()) {
    const copy = join(places.attacked, String(n + 1));
    rmSync(copy, { recursive: true, force: true });
    cpSync(places.log, copy, { recursive: true });
    await attack.run(copy, places.log, target);
    tell(attack.title);
    const report = await look(copy, places, attack);
    say(report);
    if (report.ok || !report.failures.some(({ code }) => code === attack.code))
      throw new Error(`verify should have answered ${attack.code} to: ${attack.title}`);
  }
  rmSync(places.attacked, { recursive: true, force: true });
}

async function look(copy: string, places: Places, { needs, title }: Attack): Promise<VerifyReport> {
  if (needs === 'vault') {
    const vault = await openVaultReader(copy);
    return verify(copy, { vault }).finally(() => vault.close());
  }
  const alone = await verify(copy, {});
  if (needs === 'copy') return alone;
  if (!alone.ok) throw new Error(`nobody could have seen this in the copy alone: ${title}`);
  aside('The copy by itself looks good: no log can vouch for itself. With what is kept elsewhere:');
  return verify(copy, fromElsewhere(places));
}

// A log this small is not worth a second thread.
function verify(copy: string, options: VerifyOptions): Promise<VerifyReport> {
  return verifyLog(copy, { ...options, threads: 1 });
}
