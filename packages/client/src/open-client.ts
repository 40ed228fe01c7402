import { compileRegister, parseRegister, type RegisterDocument } from '@zegel/log';
import type { Client } from './client.ts';
import { type ClientOptions, setupOf } from './options.ts';
import { OutboxClient } from './outbox-client.ts';

/**
 * Opens a client: a {@link Client} is a `Sink`, so that a service moves from its own log to a collector by this line. What an
 * earlier process left in the outbox is sent first.
 *
 * @throws ClientError `CLIENT_OPTIONS`, `OUTBOX_LOCKED` (another process has it open), `OUTBOX_DAMAGED`, `OUTBOX_FULL`,
 *   `OUTBOX_IO`; RegisterError
 * @example
 * await using log = await openClient({ url: 'https://log.shop.example', token, outbox: './outbox.db' });
 * const [receipt] = await log.append([event]); // durable here
 * await receipt?.logged; // and there
 */
export async function openClient<const R extends RegisterDocument = RegisterDocument>(
  options: ClientOptions<R>,
): Promise<Client<R>> {
  const setup = setupOf(options);
  const register =
    options.register === undefined ? undefined : compileRegister(parseRegister(options.register), 1);
  // Its register is the one given here, or none.
  return (await OutboxClient.open(options, setup, register)) as Client as Client<R>;
}
