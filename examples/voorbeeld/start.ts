/**
 * A working day of Voorbeeld B.V.: sealed, searched, verified, attacked, and one person of it erased. Run by `npm run tour`;
 * `node examples/voorbeeld/start.ts FOLDER` takes another folder than `.zegel/demo`.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AccessEntry } from '@zegel/core';
import type { Log } from '@zegel/log';
import { indexVault, openIndex, type SearchIndex } from '@zegel/search';
import type { Target } from './attacks/attacks.ts';
import { attackCopies } from './chapters/attack.ts';
import { erasedBefore, erasePerson } from './chapters/erase.ts';
import { sealDay } from './chapters/seal.ts';
import { searchDay } from './chapters/search.ts';
import { verifyDay } from './chapters/verify.ts';
import { workdayBefore, workingDay } from './day/working-day.ts';
import { openDemo } from './open-demo.ts';
import { keptElsewhere, type Places, placesIn, shown } from './places.ts';
import { aside, chapter, since, tell } from './story.ts';
import { open } from './words.ts';

process.once('SIGINT', () => {
  process.stdout.write('\nstopped; what was acknowledged is in the log, and the next start goes on\n');
  process.exit(130);
});

const began = performance.now();
try {
  await demo(placesIn(resolve(process.argv[2] ?? '.zegel/demo')));
} catch (error) {
  process.stderr.write(`zegel: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function demo(at: Places): Promise<void> {
  const target = await workday(at);
  await verifyDay(at, '3  Verify');
  await attackCopies(at, target);
  await farewell(at);
  await verifyDay(at, '6  Verify again');
  goOn(at);
}

/** Seals the day and searches it. Returns what the attacks aim at. */
async function workday(at: Places): Promise<Target> {
  await using log = await openDemo(at);
  writeFileSync(keptElsewhere(at).vkey, `${log.vkey}\n`);
  const index = await openSearch(log, at);
  try {
    const { recorded } = await read(log, 0);
    const day = workingDay(workdayBefore(recorded), log.register.timeZone);
    tell(`Zegel: a working day of Voorbeeld B.V., ${day.date}, 8:00 to 18:00. All persons are made up.`);
    await sealDay(log, day, await index.count('kind:lifecycle'), erasedBefore(at));
    await index.catchUp();
    await searchDay(log, index);
    return await aim(log, index);
  } finally {
    index.close();
  }
}

async function farewell(at: Places): Promise<void> {
  await using log = await openDemo(at);
  const index = await openSearch(log, at);
  try {
    await erasePerson(log, index, at);
  } finally {
    index.close();
  }
}

async function openSearch(log: Log, { log: folder }: Places): Promise<SearchIndex> {
  const vault = indexVault(log.vault, log.origin);
  const index = await openIndex({
    path: `${folder}/index.db`,
    log,
    vault,
    mode: 'write',
    timeZone: log.register.timeZone,
  });
  await index.catchUp();
  return index;
}

async function read(log: Log, index: number): Promise<AccessEntry> {
  const { bytes } = await log.entry(index);
  return JSON.parse(Buffer.from(bytes ?? []).toString()) as AccessEntry;
}

/** Finds something to attack. */
async function aim(log: Log, index: SearchIndex): Promise<Target> {
  const find = async (query: string): Promise<number> =>
    (await index.search(query, { limit: 1 })).indexes[0] ?? 0;
  const one = await find('operation:order.plan');
  const other = await find(`operation:order.plan index:<${one}`);
  const number = (at: number): Promise<Uint8Array> => log.entry(at).then((entry) => handleOf(log, entry));
  return {
    origin: log.origin,
    denied: await find('outcome:denied'),
    pair: [await read(log, one), await read(log, other)],
    keep: Math.floor((await log.size()) * 0.9),
    handles: [await number(one), await number(other)],
  };
}

/** Number of the handle that stands for an entry's first subject. */
function handleOf(log: Log, entry: Parameters<typeof open>[1]): Uint8Array {
  const [subject] = open(log, entry)?.subjects ?? [];
  const [handle] = subject === undefined ? [] : log.vault.handlesOf(subject.type, subject.id);
  if (handle === undefined) throw new Error('the entry to attack names nobody');
  return handle.number;
}

function goOn(at: Places): void {
  chapter(`Done in ${since(began)}. Go on with`);
  const log = `--log ${shown(at.log)}`;
  aside(`npx zegel search ${log} 'actor:employee:e-23 outcome:denied'`);
  aside(`npx zegel show ${log} 100`);
  aside(`npx zegel verify ${log} --checkpoint ${shown(keptElsewhere(at).checkpoint)}`);
  aside(`npx zegel prove ${log} 100 -o entry-100.tlog-proof`);
}
