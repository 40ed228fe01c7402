import { visible } from '@zegel/reading';

/** Rows in columns, a line each; nothing of a cell can break its line. */
export function tableText(rows: readonly (readonly string[])[]): string {
  const safe = rows.map((row) => row.map((cell) => (cell === '' ? '-' : visible(cell))));
  const widths: number[] = [];
  for (const row of safe) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, cell.length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  ');
  return safe.map((row) => `${line(row)}\n`).join('');
}
