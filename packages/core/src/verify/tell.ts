import type { FindingCode } from '../findings.ts';

/** How a rule reports what it found. */
export type Tell = (code: FindingCode, index: number | undefined, message: string) => void;
