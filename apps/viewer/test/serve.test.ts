import { Agent, request } from 'node:https';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { serve } from '../src/main.ts';
import { newLog, place, served } from './served.ts';
import { CERTIFICATE, KEY } from './certificate.ts';

const coded = (code: string): unknown => expect.objectContaining({ code });

test.each(['0.0.0.0', '::', '192.0.2.7', 'shop.example'])(
  'on %s nothing is served in clear unless something in front of it ends TLS',
  async (host) => {
    const log = await newLog();
    await expect(serve({ log, host, port: 0 })).rejects.toEqual(coded('ADDRESS_OPEN'));
    await (await serve({ log, port: 0 })).close(); // and the log is free again
  },
);

test.each(['127.0.0.1', 'localhost', '127.8.9.10'])('on %s it is', async (host) => {
  const { url } = await served({ host });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

test('behind a proxy any address will do', async () => {
  const { url } = await served({ host: '0.0.0.0', behindProxy: true });
  expect((await fetch(`${url.replace('0.0.0.0', '127.0.0.1')}/healthz`)).status).toBe(200);
});

test('with a certificate any address will do, and what is served is TLS', async () => {
  const { url } = await served({ host: '0.0.0.0', tls: { cert: CERTIFICATE, key: KEY } });
  expect(url).toMatch(/^https:\/\/0\.0\.0\.0:/);
  const status = await new Promise((resolve, reject) => {
    const agent = new Agent({ ca: CERTIFICATE, servername: 'localhost' });
    request(`${url.replace('0.0.0.0', '127.0.0.1')}/healthz`, { agent }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(200);
});

test('what can not be served is refused with its code', async () => {
  const log = await newLog();
  const tls = { cert: 'nonsense', key: KEY };
  await expect(serve({ log, port: 0, tls })).rejects.toEqual(coded('TLS_WRONG'));
  await expect(serve({ log: place(), port: 0 })).rejects.toEqual(coded('STORE_NOT_FOUND'));
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as { port: number };
  await expect(serve({ log, port })).rejects.toEqual(coded('ADDRESS_TAKEN'));
  taken.close();
});
