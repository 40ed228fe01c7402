import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineRegister } from '@zegel/log';
import { testLog } from '@zegel/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { capture } from '../src/fetch.ts';

const words = { nl: 'x', en: 'x' } as const;
const register = defineRegister({
  controller: { name: 'X', contact: 'x@x.example' },
  date: '2026-01-01',
  persons: ['customer'],
  roles: [],
  fields: { name: { ...words, category: 'identity' } },
  recipients: {},
  activities: { dashboard: { name: words, purpose: words, basis: 'contract', fields: ['name'] } },
  maximum: 'P7Y',
});

const gaps = mkdtempSync(join(tmpdir(), 'zegel-fetch-'));
afterAll(() => rmSync(gaps, { recursive: true, force: true }));

/** A service whose only handler finds one customer and does what a case wants. */
function service(respond: () => Response) {
  const log = testLog(register);
  const { audit, audited, access, persons } = capture({ to: log, service: 'shop', gaps });
  const handler = audited('dashboard', { action: 'search', fields: ['name'], subjects: 'discovered' })(() => {
    access.saw(persons.customer('c-1'));
    return respond();
  });
  return { log, serve: audit({ actor: () => ({ kind: 'customer', id: 'c-1', ip: '192.0.2.1' }) })(handler) };
}

const request = new Request('http://127.0.0.1/');

describe('a handler of fetch’s kind', () => {
  it('that throws: the entry says so, and the error is the caller’s', async () => {
    const { log, serve } = service(() => {
      throw new Error('broken');
    });
    await expect(serve(request)).rejects.toThrow('broken');
    expect(log.accesses()).toMatchObject([{ outcome: 'error', subjects: [{ id: 'c-1' }] }]);
  });

  it('that throws while the log is down: the error stays inside', async () => {
    const { log, serve } = service(() => {
      throw new Error('broken');
    });
    log.fail('down');
    const response = await serve(request);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'LOG_UNAVAILABLE' });
  });

  it('cancels the body that it withholds', async () => {
    let cancelled: unknown;
    const source = { pull: (to: ReadableStreamDefaultController) => to.enqueue(Buffer.from('c-1')) };
    const cancel = (reason: unknown): void => {
      cancelled = reason;
    };
    const { log, serve } = service(() => new Response(new ReadableStream({ ...source, cancel })));
    log.fail('down');
    expect((await serve(request)).status).toBe(503);
    expect(cancelled).toMatchObject({ code: 'LOG_UNAVAILABLE' });
  });

  it('whose client leaves before the first chunk has its entry', async () => {
    const hangs = { pull: () => new Promise<void>(() => undefined) };
    const { log, serve } = service(() => new Response(new ReadableStream(hangs)));
    const leaving = new AbortController();
    const answered = serve(new Request(request, { signal: leaving.signal }));
    setTimeout(() => leaving.abort(), 10);
    await answered;
    expect(log.accesses()).toMatchObject([{ subjects: [{ id: 'c-1' }], actor: { ip: '192.0.2.1' } }]);
  });

  it('keeps what the response is, and adds the trace', async () => {
    const { serve } = service(() => Response.redirect('http://127.0.0.1/there', 303));
    const { status, headers } = await serve(request);
    expect(status).toBe(303);
    expect(headers.get('location')).toBe('http://127.0.0.1/there');
    expect(headers.get('traceparent')).toMatch(/^00-/);
  });
});
