import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog, openReader, openVaultReader } from '@zegel/log';
import { onTestFinished } from 'vitest';
import { AccessFile } from '../src/access/access-file.ts';
import { copied } from './lib/template.ts';
import { serve, type ServeOptions, type Serving } from '../src/main.ts';

/** A folder for one test. */
export function place(): string {
  const dir = mkdtempSync(join(tmpdir(), 'zegel-viewer-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A new log without entries of its own. */
export async function newLog(): Promise<string> {
  const log = join(place(), 'audit');
  await copied('bare', log, async (folder) =>
    (await openLog(folder, { create: { origin: 'viewer.example/audit' } })).close(),
  );
  return log;
}

/** A token for a source. */
export async function newToken(log: string, source = 'shop'): Promise<{ id: string; text: string }> {
  const access = new AccessFile(log);
  try {
    return await access.newToken(source);
  } finally {
    access.close();
  }
}

let tokenOfTemplate = '';

/** A new log with a token for a source: one scrypt a file instead of one a test. */
async function newLogWithToken(): Promise<readonly [log: string, token: string]> {
  const log = join(place(), 'audit');
  await copied('with a token', log, async (folder) => {
    await (await openLog(folder, { create: { origin: 'viewer.example/audit' } })).close();
    tokenOfTemplate = (await newToken(folder)).text;
  });
  return [log, tokenOfTemplate];
}

/** A log that is served until the test ends, with a token. */
export async function served(
  more: Partial<ServeOptions> = {},
): Promise<Serving & { log: string; token: string; told: string[] }> {
  const [log, token] =
    more.log === undefined ? await newLogWithToken() : [more.log, (await newToken(more.log)).text];
  const told: string[] = [];
  const serving = await serve({
    ...{
      port: 0,
      refusalAfter: 0,
      onProblem: (text) => told.push(text),
      checks: { state: join(log, '..', 'memory') },
    },
    ...more,
    log,
  });
  let open = true;
  const close = async (): Promise<void> => {
    if (open) await serving.close();
    open = false;
  };
  onTestFinished(close);
  return { ...serving, close, log, token, told };
}

/** How a request differs from a good one. */
export interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly token?: string | undefined;
  readonly type?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer, read. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Posts a body: as it is when it is a text, else as JSON. */
export async function post(
  { url, token }: { readonly url: string; readonly token: string },
  body: unknown,
  sent: Sent = {},
): Promise<Answered> {
  const text = 'token' in sent ? sent.token : token;
  const type = 'type' in sent ? sent.type : 'application/json';
  const response = await fetch(`${url}${sent.path ?? '/v1/events'}`, {
    method: sent.method ?? 'POST',
    headers: {
      ...(text !== undefined && { authorization: `Bearer ${text}` }),
      ...(type !== undefined && { 'content-type': type }),
      ...sent.headers,
    },
    ...(sent.method !== 'GET' && {
      body: typeof body === 'string' || body instanceof Uint8Array ? new Blob([body]) : JSON.stringify(body),
    }),
  });
  const answer = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (answer === '' ? {} : JSON.parse(answer)) as Record<string, unknown>,
  };
}

/** An access event of the built-in register. */
export function event(n: number, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    action: 'read',
    activity: 'general',
    actor: { kind: 'employee', id: 'e-17' },
    subjects: [{ type: 'customer', id: `c-${n}` }],
    fields: ['email'],
    service: 'shop',
    ...more,
  };
}

/** All entries of a log as JSON, with the first subject's id where the vault tells it. */
export async function entries(log: string): Promise<Record<string, unknown>[]> {
  const vault = await openVaultReader(log, { heal: false });
  await using reader = await openReader(log);
  const all: Record<string, unknown>[] = [];
  for await (const chunk of reader.read(0, Number.MAX_SAFE_INTEGER))
    for (const { bytes } of chunk) {
      const entry = JSON.parse(Buffer.from(bytes ?? '').toString()) as {
        id: string;
        subjects?: { ref: string; ptr: string }[];
      };
      const [first] = entry.subjects ?? [];
      const id = Buffer.from(entry.id.replaceAll('-', ''), 'hex');
      all.push({ ...entry, ...(first && { subject: vault.open(id, 2, first)?.id }) });
    }
  vault.close();
  return all;
}

/** Ids of the first subjects of all accesses, in order. */
export async function subjects(log: string): Promise<unknown[]> {
  return (await entries(log)).flatMap(({ kind, subject }) => (kind === 'access' ? [subject] : []));
}
