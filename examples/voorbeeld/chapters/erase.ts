import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { checkTlogProof, parseVkey } from '@zegel/core';
import type { Log } from '@zegel/log';
import type { SearchIndex } from '@zegel/search';
import { LEAVING } from '../day/unusual.ts';
import { keptElsewhere, type Places } from '../places.ts';
import { aside, chapter, claim, counted, several, tell } from '../story.ts';
import { open } from '../words.ts';

/** The customer who was erased by an earlier start, if one was. */
export function erasedBefore(places: Places): string | undefined {
  return existsSync(keptElsewhere(places).proof) ? LEAVING : undefined;
}

/** Erases one customer, who keeps the proof of an entry about them, and shows that the proof still holds. */
export async function erasePerson(log: Log, index: SearchIndex, places: Places): Promise<void> {
  chapter('5  Erase a person');
  const kept = keptElsewhere(places);
  if (!existsSync(kept.proof)) await giveProof(log, index, kept);
  const handles = log.vault.handlesOf('customer', LEAVING).length;
  if (handles > 0) await erase(log, handles);
  else tell(`Customer ${LEAVING} was erased by an earlier start.`);
  await index.catchUp();

  const proof = readFileSync(kept.proof, 'utf8');
  const entry = readFileSync(kept.entry);
  const verifiers = [parseVkey(readFileSync(kept.vkey, 'utf8').trim())];
  const checked = checkTlogProof({ proof, entry, verifiers, origin: log.origin });
  if (!checked.ok) throw new Error(`the proof of customer ${LEAVING} no longer holds: ${checked.reason}`);
  const stored = await log.entry(checked.index);
  const told = open(log, stored);
  const same = stored.bytes !== undefined && Buffer.from(stored.bytes).equals(entry);
  const size = several(checked.checkpoint.size, 'entry', 'entries');
  claim(told?.subjects[0] === undefined, 'nobody can tell any more whom the entry is about');
  claim((await index.count(`subject:customer:${LEAVING}`)) === 0, 'the search no longer finds the customer');
  claim(same, `entry ${counted(checked.index)} stands in the log, byte for byte`);
  claim(checked.ok, `its proof, given to the customer before, holds under the signed checkpoint of ${size}`);
}

async function giveProof(
  log: Log,
  index: SearchIndex,
  kept: ReturnType<typeof keptElsewhere>,
): Promise<void> {
  const { indexes } = await index.search(`subject:customer:${LEAVING} kind:access -action:search,export`, {
    limit: 1,
  });
  const [about] = indexes;
  if (about === undefined) throw new Error(`the day has nothing about customer ${LEAVING}`);
  const entry = await log.entry(about);
  claim(
    open(log, entry)?.subjects[0]?.id === LEAVING,
    `entry ${counted(about)} is about customer ${LEAVING}`,
  );
  writeFileSync(kept.entry, entry.bytes ?? '');
  writeFileSync(kept.proof, await log.prove(about));
}

async function erase(log: Log, handles: number): Promise<void> {
  const person = { type: 'customer', id: LEAVING };
  const officer = { kind: 'employee', id: 'e-61', role: 'privacy-officer' };
  const bodies = [{ ground: 'consent-withdrawn' }];
  const { index } = await log.record({ kind: 'erasure', bodies, subjects: [person], actor: officer });
  const byActivity = Map.groupBy(log.vault.handlesOf(person.type, person.id), ({ activity }) => activity);
  for (const [activity, own] of byActivity)
    await log.destroy({ numbers: own.map(({ number }) => number), activity, rule: 'erasure' });
  tell(
    `Customer ${LEAVING} withdrew consent: ${several(handles, 'handle')} of ${byActivity.size} activities destroyed.`,
  );
  aside(`Entry ${counted(index)} says so, and the entries after it name what was destroyed.`);
}
