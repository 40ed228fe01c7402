import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaptureProblem, CaptureSink } from '@zegel/capture';
import { type TestLog, testLog } from '@zegel/testing';
import { expect } from 'vitest';
import { type Asking, ask, type Got } from './client.ts';
import { register } from './register.ts';
import type { Adapter, Service, ServiceOptions } from './service.ts';

/** One log, a service on it when a case wants one, and what it said. */
export class Stage {
  readonly adapter: Adapter;
  log: TestLog = testLog(register);
  problems: CaptureProblem[] = [];
  #folder = '';
  #services: Service[] = [];

  constructor(adapter: Adapter) {
    this.adapter = adapter;
  }

  set(): void {
    this.#folder = mkdtempSync(join(tmpdir(), 'zegel-adapter-'));
    this.log = testLog(register);
    this.problems = [];
  }

  async strike(): Promise<void> {
    this.log.fail(undefined);
    for (const service of this.#services.splice(0)) {
      await service.close();
      await service.capture.close();
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  options(more: Partial<ServiceOptions> = {}): ServiceOptions {
    const onProblem = (problem: CaptureProblem): void => void this.problems.push(problem);
    return { to: this.log, service: 'shop', gaps: this.#folder, timeout: 300, onProblem, ...more };
  }

  async start(more: Partial<ServiceOptions> = {}): Promise<Service> {
    const service = await this.adapter.serve(this.options(more));
    this.#services.push(service);
    return service;
  }

  /** A service over a sink of the case's own. */
  over(to: CaptureSink): Promise<Service> {
    return this.start({ to });
  }

  async ask(path: string, asking?: Asking): Promise<Got> {
    const [service = await this.start()] = this.#services;
    return ask(`${service.url}${path}`, { headers: { 'x-user': 'e-17' }, ...asking });
  }
}

/** Everything that left the service, in one text. */
export function bytes({ headers, body }: Got): string {
  return `${JSON.stringify(headers)}\n${body}`;
}

/** Nothing personal came, but a problem document. */
export function expectWithheld(got: Got, status = 503, code = 'LOG_UNAVAILABLE'): void {
  expect(bytes(got)).not.toContain('PERSONAL');
  expect(got).toMatchObject({ status, broken: false });
  expect(got.headers['content-type']).toMatch(/^application\/problem\+json(?:$|;)/);
  expect(got.body === '' ? { status, code } : JSON.parse(got.body)).toMatchObject({ status, code });
}
