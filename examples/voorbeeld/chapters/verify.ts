import { existsSync, readFileSync } from 'node:fs';
import { openVaultReader, type VerifyOptions, type VerifyReport, verifyLog } from '@zegel/log';
import { keptElsewhere, type Places } from '../places.ts';
import { answer, aside, chapter, counted, since, tell } from '../story.ts';

/** What a verifier keeps where the log's operator can't write. */
export function fromElsewhere(places: Places): Pick<VerifyOptions, 'vkey' | 'held'> {
  const { vkey, checkpoint } = keptElsewhere(places);
  const held = existsSync(checkpoint)
    ? [{ note: readFileSync(checkpoint, 'utf8'), from: 'elsewhere/checkpoint' }]
    : [];
  return { vkey: readFileSync(vkey, 'utf8').trim(), held };
}

/** Checks the log and its vault against what is kept elsewhere. @throws Error when anything fails */
export async function verifyDay(places: Places, title: string): Promise<void> {
  chapter(title);
  const began = performance.now();
  const vault = await openVaultReader(places.log);
  const { state } = keptElsewhere(places);
  const report = await verifyLog(places.log, { ...fromElsewhere(places), state, vault }).finally(() =>
    vault.close(),
  );
  tell(
    `${counted(report.checked)} entries, their chain, tree, checkpoints, register and persons, in ${since(began)}:`,
  );
  say(report);
  for (const each of report.against) aside(`compared with ${each.replace(places.elsewhere, 'elsewhere')}`);
  if (!report.ok) throw new Error('the log of the demo does not verify');
}

/** Tells what a report says, the first finding of each kind. */
export function say({ ok, failures, warnings }: VerifyReport): void {
  if (ok) answer(true, 'nothing was changed');
  const kinds = new Map([...failures, ...warnings].toReversed().map((finding) => [finding.code, finding]));
  for (const { code, index, message } of [...kinds.values()].toReversed().slice(0, 3)) {
    const where = index === undefined ? '' : ` at entry ${counted(index)}`;
    answer(false, `${code}${where}: ${message.length > 90 ? `${message.slice(0, 89)}…` : message}`);
  }
}
