import type { Finding, FindingCode, Report } from '../findings.ts';

/** Findings in the order of their telling, so many of each code; all are counted. */
export interface FindingList {
  readonly report: Report;
  readonly findings: readonly Finding[];
  readonly counts: ReadonlyMap<FindingCode, number>;
}

/** Collects findings; a log that is wrong everywhere must not fill the memory of its verifier. */
export function findingList(perCode = 100): FindingList {
  const findings: Finding[] = [];
  const counts = new Map<FindingCode, number>();
  const report: Report = (finding) => {
    const count = (counts.get(finding.code) ?? 0) + 1;
    counts.set(finding.code, count);
    if (count <= perCode) findings.push(finding);
  };
  return { report, findings, counts };
}
