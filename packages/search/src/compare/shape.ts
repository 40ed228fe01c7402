import type { Finding } from '@zegel/core';
import type Database from 'better-sqlite3';
import { CHUNK_SPAN } from '../segment/chunk-keys.ts';
import type { SegmentTable } from '../store/segments.ts';
import { differs } from './differs.ts';

/** Checks what surrounds the segments: the file as a database, and that segments adjoin and own every chunk. */
export function checkShape(db: Database.Database, table: SegmentTable, next: number): Finding[] {
  return [...checkContainer(db), ...checkSegments(db, table, next)];
}

function checkContainer(db: Database.Database): Finding[] {
  const problems = db.pragma('integrity_check') as { integrity_check: string }[];
  const bad = problems.map((row) => row.integrity_check).filter((text) => text !== 'ok');
  return bad.slice(0, 1).map((text) => differs(undefined, `the index file is damaged: ${text}`));
}

function checkSegments(db: Database.Database, table: SegmentTable, next: number): Finding[] {
  const findings: Finding[] = [];
  const slots = new Set<number>();
  let end = 0;
  for (const { first, count, slot } of table.list()) {
    if (first !== end) findings.push(differs(Math.min(first, end), `segments do not adjoin at entry ${end}`));
    end = first + count;
    slots.add(slot);
  }
  if (end !== next)
    findings.push(differs(Math.min(end, next), `segments end at ${end}, and the index claims ${next}`));
  const used = db.prepare<[], number>(`SELECT DISTINCT id / ${CHUNK_SPAN} FROM chunk`).pluck().all();
  if (used.some((slot) => !slots.has(slot)))
    findings.push(differs(undefined, 'the index has rows that belong to no segment'));
  return findings.slice(0, 1);
}
