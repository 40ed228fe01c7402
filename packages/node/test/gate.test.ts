import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Gate, type GateKeeper } from '../src/gate/gate.ts';

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Serves one response through a gate over real HTTP, and what became of it. */
async function through(
  handle: (res: ServerResponse, entry: PromiseWithResolvers<void>) => void,
  keeper: Partial<GateKeeper> = {},
  before: (res: ServerResponse) => void = () => undefined,
): Promise<Got & { readonly statuses: readonly (number | undefined)[] }> {
  const statuses: (number | undefined)[] = [];
  const entry = Promise.withResolvers<void>();
  const server = createServer((_, res) => {
    before(res);
    new Gate(res, {
      waits: false,
      isAudited: true,
      seal: (status) => {
        statuses.push(status);
        return entry.promise;
      },
      answer: () => ({ status: 503, body: '{"code":"LOG_UNAVAILABLE"}' }),
      ...keeper,
    });
    handle(res, entry);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return { ...(await got(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)), statuses };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function got(url: string): Promise<Got> {
  return new Promise((resolve, reject) => {
    const req = request(url, (res) => {
      let body = '';
      res.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body }));
      res.on('error', reject);
    });
    req.on('error', reject);
    req.end();
  });
}

const fail = (entry: PromiseWithResolvers<void>): void => entry.reject(new Error('the log is out of reach'));
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a response that is held back', () => {
  it('looks as if it were on its way', async () => {
    const looks: unknown[] = [];
    await through((res, entry) => {
      looks.push(res.headersSent, res.writableEnded);
      res.setHeader('x-one', '1');
      res.writeHead(201);
      looks.push(res.headersSent, res.statusCode);
      for (const change of [
        () => res.setHeader('x-two', '2'),
        () => res.removeHeader('x-one'),
        () => res.writeHead(500),
      ]) {
        expect(change).toThrow(expect.objectContaining({ code: 'ERR_HTTP_HEADERS_SENT' }));
      }
      res.end('done');
      looks.push(res.writableEnded);
      entry.resolve();
    });
    expect(looks).toEqual([false, false, true, 201, true]);
  });

  it('goes out as it was given', async () => {
    const answer = await through((res, entry) => {
      res.writeHead(201, 'Made', { 'x-one': '1' });
      res.write('a');
      res.write(Buffer.from('b'), () => undefined);
      res.write('Yw==', 'base64');
      res.end('d');
      res.statusCode = 500;
      setTimeout(entry.resolve, 20);
    });
    expect(answer).toMatchObject({ status: 201, headers: { 'x-one': '1' }, body: 'abcd', statuses: [201] });
  });

  it('has a length where nothing was written before its end', async () => {
    const { headers } = await through((res, entry) => {
      res.end('whole');
      entry.resolve();
    });
    expect(headers).toMatchObject({ 'content-length': '5' });
  });

  it('refuses what node:http refuses, when it is given', async () => {
    const { body } = await through((res, entry) => {
      expect((): unknown => Reflect.apply(res.write, res, [5])).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }),
      );
      expect((): unknown => Reflect.apply(res.end, res, [{}])).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }),
      );
      expect(() => res.writeHead(7)).toThrow(
        expect.objectContaining({ code: 'ERR_HTTP_INVALID_STATUS_CODE' }),
      );
      res.end('fine');
      entry.resolve();
    });
    expect(body).toBe('fine');
  });

  it('holds a writer up when it is full, and wakes it', async () => {
    const { body } = await through((res, entry) => {
      expect(res.write('x')).toBe(true);
      expect(res.write('y'.repeat(100_000))).toBe(false);
      res.once('drain', () => res.end('z'));
      setTimeout(entry.resolve, 20);
    });
    expect(body).toHaveLength(100_002);
  });

  it('wakes a writer also where everything was taken at once', async () => {
    const { body } = await through(
      (res, entry) => {
        res.write('y'.repeat(100_000));
        res.once('drain', () => res.end('woken'));
        setTimeout(entry.resolve, 10);
      },
      {},
      (res) => {
        res.write = () => true;
      },
    );
    expect(body).toBe('woken');
  });

  it('keeps the status that it had at its end', async () => {
    const answer = await through((res, entry) => {
      res.statusCode = 201;
      res.end();
      res.statusCode = 500;
      entry.resolve();
    });
    expect(answer).toMatchObject({ status: 201, statuses: [201] });
  });

  it('sends its head alone only where nothing is waited for', async () => {
    let asked = 0;
    const seal = async (): Promise<void> => void asked++;
    const handle = async (res: ServerResponse): Promise<void> => {
      res.flushHeaders();
      await turn();
      const before = asked;
      res.end(`${before}`);
    };
    expect(await through((res) => void handle(res), { seal, waits: false })).toMatchObject({ body: '1' });
    asked = 0;
    expect(await through((res) => void handle(res), { seal, waits: true })).toMatchObject({ body: '0' });
  });

  it('passes on what a middleware around it has put there', async () => {
    const upper = (res: ServerResponse): void => {
      const end = res.end.bind(res);
      res.end = (chunk: unknown) => end(String(chunk).toUpperCase());
    };
    const { body } = await through(
      (res, entry) => {
        res.end('loud');
        entry.resolve();
      },
      {},
      upper,
    );
    expect(body).toBe('LOUD');
  });

  it('passes through what a middleware after it has put there', async () => {
    const order: string[] = [];
    const answer = await through((res, entry) => {
      const writeHead = res.writeHead.bind(res);
      res.writeHead = (status: number) => {
        order.push('head');
        res.setHeader('x-late', 'set');
        return writeHead(status);
      };
      res.write('body');
      res.end();
      order.push('held');
      entry.resolve();
    });
    expect(order).toEqual(['held', 'head']);
    expect(answer).toMatchObject({ status: 200, headers: { 'x-late': 'set' }, body: 'body' });
  });
});

describe('a response that is refused', () => {
  it('leaves nothing of itself', async () => {
    const answer = await through((res, entry) => {
      res.setHeader('x-name', 'Jansen');
      res.setHeader('access-control-allow-origin', '*');
      res.writeHead(200, 'Jansen', { 'x-mail': 'j@example.org', vary: 'origin' });
      res.end('Jansen');
      fail(entry);
    });
    expect(JSON.stringify(answer)).not.toMatch(/Jansen|example\.org/);
    expect(answer).toMatchObject({
      status: 503,
      body: '{"code":"LOG_UNAVAILABLE"}',
      headers: {
        'access-control-allow-origin': '*',
        vary: 'origin',
        'content-type': 'application/problem+json',
      },
    });
  });

  it('tells who waits for a chunk, and takes no more', async () => {
    const told = Promise.withResolvers<unknown>();
    const late: unknown[] = [];
    const answer = await through((res, entry) => {
      res.write('secret', (error) => told.resolve(error));
      fail(entry);
      setTimeout(() => {
        late.push(res.write('more'));
        res.writeHead(200, { 'x-late': 'Jansen' });
        res.end('end');
      }, 10);
    });
    expect(await told.promise).toMatchObject({ message: 'the response was withheld' });
    expect(answer.body).toBe('{"code":"LOG_UNAVAILABLE"}');
    await vi.waitFor(() => expect(late).toEqual([true]), 5_000);
  });

  it('ends the streams that were piped in', async () => {
    const source = new PassThrough();
    const ended = finished(source).catch((error: unknown) => error);
    source.write('secret');
    await through((res, entry) => {
      source.pipe(res);
      setTimeout(() => fail(entry), 10);
    });
    expect(await ended).toMatchObject({ message: 'the response was withheld' });
    expect(source.destroyed).toBe(true);
  });

  it('is one too when it can not be sent', async () => {
    const answer = await through((res, entry) => {
      res.writeHead(200, { 'bad header': 'x' });
      res.end('secret');
      entry.resolve();
    });
    expect(answer).toMatchObject({ status: 503 });
    expect(answer.body).not.toContain('secret');
  });

  it('is one too when sealing throws at once', async () => {
    const seal = (): never => {
      throw new Error('at once');
    };
    expect(await through((res) => void res.end('secret'), { seal })).toMatchObject({ status: 503 });
  });
});

describe('a client that is gone', () => {
  afterEach(() => vi.useRealTimers());

  /** A response whose connection closes before anything is answered. */
  function abandoned(isAudited: boolean): { readonly res: ServerResponse; readonly statuses: unknown[] } {
    vi.useFakeTimers();
    const statuses: unknown[] = [];
    const res = new PassThrough() as unknown as ServerResponse;
    Object.assign(res, {
      headersSent: false,
      statusCode: 200,
      writeHead: () => res,
      flushHeaders: () => undefined,
    });
    const seal = async (status: number | undefined): Promise<void> => void statuses.push(status);
    new Gate(res, { waits: true, isAudited, seal, answer: () => ({ status: 503, body: '' }) });
    res.emit('close');
    return { res, statuses };
  }

  it('is waited for until the handler answers', async () => {
    const { res, statuses } = abandoned(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(statuses).toEqual([]);
    res.end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(statuses).toEqual([200]);
  });

  it('has its entry when nobody answers', async () => {
    const { statuses } = abandoned(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(statuses).toEqual([undefined]);
  });

  it('is nobody’s business where nothing was declared', async () => {
    const { statuses } = abandoned(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(statuses).toEqual([]);
  });
});

it('a stream that is piped in arrives whole', async () => {
  const { body } = await through((res, entry) => {
    Readable.from(Array.from({ length: 500 }, () => 'x'.repeat(1_000))).pipe(res);
    setTimeout(entry.resolve, 10);
  });
  expect(body).toHaveLength(500_000);
});
