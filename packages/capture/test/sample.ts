import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineRegister } from '@zegel/log';
import { type TestLog, testLog } from '@zegel/testing';
import { expect, onTestFinished } from 'vitest';
import type { Capture, CaptureOptions } from '../src/capture.ts';
import { createCapture } from '../src/create-capture.ts';
import type { CaptureProblem } from '../src/problem.ts';

const words = (text: string) => ({ nl: text, en: text });
const common = { name: words('x'), purpose: words('x'), basis: 'contract' } as const;

export const register = defineRegister({
  controller: { name: 'Voorbeeld B.V.', contact: 'privacy@voorbeeld.example' },
  date: '2026-01-01',
  persons: ['customer', 'employee'],
  roles: ['support'],
  fields: {
    name: { ...words('naam'), category: 'contact' },
    email: { ...words('e-mail'), category: 'contact' },
    salary: { ...words('salaris'), category: 'money' },
  },
  recipients: { delivery: { name: 'Bezorgdienst', country: 'NL', role: 'processor' } },
  activities: {
    dashboard: { ...common, fields: ['name', 'email'], persons: ['customer'], recipients: ['delivery'] },
    staff: { ...common, fields: ['salary', 'name'], actions: ['read'], persons: ['employee'] },
    helpdesk: { ...common, fields: ['name', 'email'], policy: 'available' },
  },
  maximum: 'P7Y',
});
export type Register = typeof register;

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
