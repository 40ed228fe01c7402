import { serve as start, type Tls } from '@zegel/viewer';
import { CHECK_OPTIONS, checkSettings } from '../run/check-settings.ts';
import { usage } from '../run/cli-error.ts';
import type { Command, Context } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { readText } from '../run/files.ts';
import { isOn, none, optionText, wholeNumber } from '../run/given.ts';
import { KEYS_OPTION, keysOf, LOG_OPTION, logUrl } from '../run/locate.ts';

/** `zegel serve`. */
export const serve: Command = {
  name: 'serve',
  usage: '[--log LOG] [--host HOST] [--port PORT] [--tls-cert FILE --tls-key FILE | --behind-proxy]',
  about: [
    'Pages for people (zegel user add), POST /v1/events and /v1/gaps for services (zegel token new), GET /healthz. The answer',
    'to an event comes once it is durable. Another address than loopback is served with a certificate, or behind something',
    'that ends TLS. The log is checked all the while. Ends on SIGTERM or Ctrl-C, when what is under way is done.',
  ],
  options: {
    ...LOG_OPTION,
    ...KEYS_OPTION,
    host: { type: 'string', value: 'HOST', about: 'address to listen on; 127.0.0.1' },
    port: { type: 'string', value: 'PORT', about: 'port; 8787. 0: any that is free' },
    'tls-cert': { type: 'string', value: 'FILE', about: 'certificate and its chain, PEM' },
    'tls-key': { type: 'string', value: 'FILE', about: 'private key, PEM' },
    'behind-proxy': { type: 'boolean', about: 'TLS ends before here' },
    'require-second-factor': { type: 'boolean', about: 'nobody logs in without one, also who is exempt' },
    'overdue-days': {
      type: 'string',
      value: 'N',
      about: 'what is to be followed up is overdue after N days; 30',
    },
    ...CHECK_OPTIONS,
    dev: { type: 'boolean', about: 'asks for no second factor; on loopback only, for developing' },
    json: { type: 'boolean', about: '{url}, once it listens' },
  },
  examples: [
    'zegel serve --log ./audit',
    'zegel serve --log ./audit --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem',
  ],
  endsItself: true,
  async run(context) {
    none(context);
    const url = logUrl(context);
    const tls = await tlsOf(context);
    const serving = await start({
      log: url,
      keys: keysOf(context, url),
      host: optionText(context, 'host') ?? '127.0.0.1',
      port: wholeNumber(optionText(context, 'port') ?? '8787', '--port', 0, 65_535),
      behindProxy: isOn(context, 'behind-proxy'),
      dev: isOn(context, 'dev'),
      requireSecondFactor: isOn(context, 'require-second-factor'),
      overdueDays: wholeNumber(optionText(context, 'overdue-days') ?? '30', '--overdue-days', 1, 3650),
      checks: await checkSettings(context),
      onProblem: context.complain,
      ...(tls && { tls }),
    });
    try {
      await context.out.write(
        isOn(context, 'json') ? `${JSON.stringify({ url: serving.url })}\n` : `listening on ${serving.url}\n`,
      );
      await context.out.flush();
      await aborted(context.io.signal);
    } finally {
      await serving.close();
    }
    return EXIT.fine;
  },
};

async function tlsOf(context: Context): Promise<Tls | undefined> {
  const [cert, key] = [optionText(context, 'tls-cert'), optionText(context, 'tls-key')];
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) throw usage('--tls-cert and --tls-key go together');
  return { cert: await readText(cert), key: await readText(key) };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
