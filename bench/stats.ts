/** Middle value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The value that `share` (0 to 1) of all stay below. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** One line of the report. */
export interface Line {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What was asked for. */
  readonly floor?: string;
  readonly met?: boolean;
  /** Rounds or samples behind the value. */
  readonly n: number;
}

const results: Line[] = [];

/** Keeps a line for the report and prints it at once. */
export function report(line: Line): void {
  results.push(line);
  const verdict = line.met === undefined ? '' : line.met ? 'met' : 'MISSED';
  console.log(
    `${line.what.padEnd(66)} ${format(line.value).padStart(10)} ${line.unit.padEnd(12)} ${(line.floor ?? '').padEnd(22)} ${verdict.padEnd(6)} n=${line.n}`,
  );
}

/** Reports a ratio against a floor. */
export function ratio(what: string, value: number, floor: number, n: number): void {
  report({ what, value, unit: 'x', floor: `>= ${floor}`, met: value >= floor, n });
}

/** Reports a cost against a ceiling. */
export function ceiling(what: string, value: number, most: number, unit: string, n: number): void {
  report({ what, value, unit, floor: `<= ${most}`, met: value <= most, n });
}

export function all(): readonly Line[] {
  return results;
}

function format(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

/** Milliseconds that something takes. */
export async function time(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
