import type { Reported, VerifyReport } from '@zegel/log';
import { counted } from '../run/progress.ts';
import { oneLine } from '@zegel/reading';

/** Findings told in words; the JSON form has them all. */
const MOST_TOLD = 100;

/** The report as one JSON object on a line. */
export function reportJson(report: VerifyReport): string {
  const { ok, size, root, checked, failures, pruned, witnessed, against, warnings, unlisted } = report;
  return `${JSON.stringify({ ok, size, root, checked, failures, pruned, witnessed, against, warnings, unlisted })}\n`;
}

/** The report in plain words. */
export function reportWords(report: VerifyReport): string {
  const { ok, size, root, checked, failures, pruned, warnings, unlisted, against } = report;
  return [
    `${ok ? 'OK' : 'NOT OK'}: ${counted(checked)} of ${counted(size)} entries checked, root ${root}`,
    ...findingLines('failure', failures),
    ...findingLines('warning', warnings),
    ...(unlisted > 0 ? [`and ${counted(unlisted)} more findings`] : []),
    ...(pruned > 0
      ? [`${counted(pruned)} bodies were removed, as retention entries say (claimed lawful)`]
      : []),
    ...(against.length > 0 ? against.map((one) => `compared with ${oneLine(one)}`) : SELF_ASSERTED),
    '',
  ].join('\n');
}

const SELF_ASSERTED = [
  'SELF-ASSERTED: nothing kept outside the log was compared. Whoever holds the log and its key could have replaced all of it.',
  'Give --checkpoint and --vkey kept elsewhere, or --state.',
];

function findingLines(level: string, findings: readonly Reported[]): readonly string[] {
  const lines = findings.slice(0, MOST_TOLD).map(({ code, index, message }) => {
    return `${level} ${code}${index === undefined ? '' : ` at entry ${index}`}: ${oneLine(message)}`;
  });
  const rest = findings.length - MOST_TOLD;
  return rest > 0 ? [...lines, `and ${counted(rest)} more ${level}s (--json has them)`] : lines;
}
