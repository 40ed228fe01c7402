import { expect, test } from 'vitest';
import { Metrics, routeClass } from '../src/metrics/metrics.ts';
import { metricsText } from '../src/metrics/metrics-text.ts';
import { read, stage } from './lib/stage.ts';

const LINE = /^(?:# (?:HELP|TYPE) \S.*|[a-z_]+(?:\{[a-z]+="[^"\\]*"(?:,[a-z]+="[^"\\]*")*\})? -?[0-9.e+-]+)$/;

/** Values by name and labels. */
function figures(text: string): ReadonlyMap<string, number> {
  const lines = text.trimEnd().split('\n');
  for (const line of lines) expect(line).toMatch(LINE);
  return new Map(
    lines
      .filter((line) => !line.startsWith('#'))
      .map((line) => {
        const at = line.lastIndexOf(' ');
        return [line.slice(0, at), Number(line.slice(at + 1))];
      }),
  );
}

test('figures are told to who may, and count what happened since the start', async () => {
  const checks = {
    state: { status: 'good', checked: 1_795_000_000_000, size: 3 },
    stateOf: () => 'verified' as const,
  } as const;
  const on = await stage({ events: [read(1)], services: { checks } });
  const { text: token } = await on.services.access.newToken('prometheus', ['metrics']);
  const ask = async () => {
    const answer = await on.app.request('/metrics', { headers: { authorization: `Bearer ${token}` } });
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    return figures(await answer.text());
  };
  const before = await ask();
  expect(before.get('zegel_entries')).toBe(3);
  expect(before.has('zegel_index_lag_entries')).toBe(false);
  await on.get('/entries/2');
  await on.get('/entries/99');
  const after = await ask();
  expect(after.get('zegel_entries')).toBe(4);
  expect(after.get('zegel_entries_appended_total')).toBe(
    (before.get('zegel_entries_appended_total') ?? 0) + 1,
  );
  expect(after.get('zegel_index_lag_entries')).toBeLessThanOrEqual(1);
  expect(after.get('zegel_check_timestamp_seconds')).toBe(1_795_000_000);
  expect(after.get('zegel_check_status{result="good"}')).toBe(1);
  expect(after.get('zegel_check_status{result="failed"}')).toBe(0);
  expect(after.get('zegel_sessions')).toBe(1);
  expect(after.get('zegel_http_requests_total{route="page",method="GET",status="200"}')).toBe(1);
  expect(after.get('zegel_http_requests_total{route="page",method="GET",status="404"}')).toBe(1);
  expect(after.get('zegel_http_request_duration_seconds_count{route="page"}')).toBe(2);
  expect(after.get('zegel_http_request_duration_seconds_bucket{route="page",le="+Inf"}')).toBe(2);
});

test('to nobody else', async () => {
  const on = await stage();
  const { text } = await on.services.access.newToken('shop', ['events', 'read']);
  expect((await on.app.request('/metrics', { headers: { authorization: `Bearer ${text}` } })).status).toBe(
    403,
  );
  expect((await on.as('security').get('/metrics')).status).toBe(200);
  expect((await on.as('auditor').get('/metrics')).status).toBe(403);
  for (const accept of ['text/html', '*/*']) {
    const answer = await on.as().get('/metrics', { accept });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="zegel"']);
  }
});

test('no caller can make figures without end', () => {
  const metrics = new Metrics();
  for (let n = 0; n < 100; n++) metrics.observe(routeClass(`/made-up/${n}`), `M${n}`, 404, n);
  expect([...metrics.answers]).toEqual([['page other 404', 100]]);
});

test('buckets add up, and bounds belong to the bucket below', () => {
  const metrics = new Metrics();
  for (const seconds of [0.005, 0.0051, 0.2, 60]) metrics.observe('api', 'GET', 200, seconds);
  const check = { status: 'unchecked', checked: undefined, size: 0 } as const;
  const told = figures(
    metricsText(metrics, {
      ...{ entries: 1, appended: 0, lag: 0, check, sessions: 0 },
      resident: 1,
      started: 1,
    }),
  );
  const bucket = (le: string) =>
    told.get(`zegel_http_request_duration_seconds_bucket{route="api",le="${le}"}`);
  expect(['0.005', '0.01', '0.1', '0.25', '10', '+Inf'].map(bucket)).toEqual([1, 2, 2, 3, 3, 4]);
  expect(told.get('zegel_http_request_duration_seconds_sum{route="api"}')).toBeCloseTo(60.2101);
});
