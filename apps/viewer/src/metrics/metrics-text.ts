import type { CheckState } from '../checks/checks.ts';
import { BOUNDS, type Metrics } from './metrics.ts';

/** Figures that are read when somebody asks. */
export interface Gauges {
  readonly entries: number;
  readonly appended: number;
  /** Entries that the index does not cover yet; undefined before anybody searched. */
  readonly lag: number | undefined;
  readonly check: CheckState;
  readonly sessions: number;
  /** Bytes. */
  readonly resident: number;
  /** Seconds since 1970. */
  readonly started: number;
}

type Labels = Readonly<Record<string, string | number>>;

/** Figures in the text format of Prometheus, version 0.0.4. */
export function metricsText(metrics: Metrics, gauges: Gauges): string {
  const { check, lag } = gauges;
  const checked =
    check.checked === undefined ? [] : [line('zegel_check_timestamp_seconds', {}, check.checked / 1000)];
  return [
    ...family('zegel_entries', 'gauge', 'Entries of the log', [line('zegel_entries', {}, gauges.entries)]),
    ...family(
      'zegel_entries_appended_total',
      'counter',
      'Entries appended since this process started, by anybody',
      [line('zegel_entries_appended_total', {}, gauges.appended)],
    ),
    ...family(
      'zegel_index_lag_entries',
      'gauge',
      'Entries that the search index does not cover yet',
      lag === undefined ? [] : [line('zegel_index_lag_entries', {}, lag)],
    ),
    ...family('zegel_check_timestamp_seconds', 'gauge', 'When the last check of the log ended', checked),
    ...family('zegel_check_size_entries', 'gauge', 'Entries that the last check covered', [
      line('zegel_check_size_entries', {}, check.size),
    ]),
    ...family(
      'zegel_check_status',
      'gauge',
      'Result of the last check: 1 for the one that holds',
      (['good', 'failed', 'unchecked'] as const).map((result) =>
        line('zegel_check_status', { result }, Number(check.status === result)),
      ),
    ),
    ...family('zegel_sessions', 'gauge', 'Sessions of people', [line('zegel_sessions', {}, gauges.sessions)]),
    ...family('zegel_http_requests_total', 'counter', 'Requests answered', requests(metrics)),
    ...family(
      'zegel_http_request_duration_seconds',
      'histogram',
      'Time until an answer began',
      durations(metrics),
    ),
    ...family('process_resident_memory_bytes', 'gauge', 'Memory of this process', [
      line('process_resident_memory_bytes', {}, gauges.resident),
    ]),
    ...family('process_start_time_seconds', 'gauge', 'When this process started', [
      line('process_start_time_seconds', {}, gauges.started),
    ]),
    '',
  ].join('\n');
}

function family(name: string, type: string, help: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines];
}

/** Values of labels come from closed sets and need no escapes. */
function line(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(([key, label]) => `${key}="${label}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
}

function requests({ answers }: Metrics): readonly string[] {
  return [...answers]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, count]) => {
      const [route = '', method = '', status = ''] = key.split(' ');
      return line('zegel_http_requests_total', { route, method, status }, count);
    });
}

function durations({ latencies }: Metrics): readonly string[] {
  const name = 'zegel_http_request_duration_seconds';
  return [...latencies].flatMap(([route, { counts, sum }]) => {
    let below = 0;
    const buckets = counts.map((count, at) => {
      below += count; // buckets are cumulative
      return line(`${name}_bucket`, { route, le: BOUNDS[at] ?? '+Inf' }, below);
    });
    return [...buckets, line(`${name}_sum`, { route }, sum), line(`${name}_count`, { route }, below)];
  });
}
