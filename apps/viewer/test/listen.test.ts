import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../src/http/listen.ts';

const PLACE = { host: '127.0.0.1', port: 0, tls: undefined, behindProxy: false };
/** More than a test may take: whoever waits for force fails. */
const PATIENCE = 120_000;

test('stopping waits for an answer under way, and not for the connection that it leaves behind', async () => {
  const [begun, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const listening = await listen(async () => {
    begun.resolve();
    await answer.promise;
    return new Response('whole');
  }, PLACE);
  const socket = connect(Number(new URL(listening.url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let came = '';
  socket.on('data', (bytes: Buffer) => (came += bytes.toString()));
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n');
  await begun.promise;
  const closed = listening.close(PATIENCE);
  answer.resolve();
  await closed;
  expect(came).toMatch(/^HTTP\/1\.1 200 [^]*whole/);
});

test('nor for one that never brought a request', async () => {
  const listening = await listen(() => new Response('here'), PLACE);
  const socket = connect(Number(new URL(listening.url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  expect(await (await fetch(listening.url)).text()).toBe('here'); // so the server knows the other one too
  await listening.close(PATIENCE);
});
