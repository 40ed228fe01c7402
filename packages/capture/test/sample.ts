import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestLog, testLog } from '@zegel/testing';
import { expect, onTestFinished } from 'vitest';
import type { Capture, CaptureOptions } from '../src/capture.ts';
import { createCapture } from '../src/create-capture.ts';
import type { CaptureProblem } from '../src/problem.ts';
import { type Register, register } from './register.ts';

/** A folder for one test. */
export function place(): string {
  const dir = mkdtempSync(join(tmpdir(), 'zegel-capture-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export interface Captured extends Capture<Register> {
  readonly log: TestLog<Register>;
  readonly problems: CaptureProblem[];
}

/** A capture of a test log, its counters in a folder of its own. */
export function captured(more: Partial<CaptureOptions<Register>> = {}): Captured {
  const log = testLog(register);
  const problems: CaptureProblem[] = [];
  const capture = createCapture<Register>({
    to: log,
    service: 'shop',
    gaps: place(),
    timeout: 1000,
    onProblem: (problem) => problems.push(problem),
    ...more,
  });
  onTestFinished(() => capture.close());
  return { ...capture, log, problems };
}

/** Matches a capture's error by its code. */
export function coded(code: string): unknown {
  return expect.objectContaining({ name: 'CaptureError', code });
}

export const anna = { kind: 'employee', id: 'e-17', role: 'support' } as const;
export const customer = (id: string) => ({ type: 'customer', id }) as const;
