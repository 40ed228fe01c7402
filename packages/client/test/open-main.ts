/** Opens the outbox that is named, and says how that went. */
import { openClient } from '@zegel/client';
import { TOKEN } from './token.ts';

try {
  const client = await openClient({
    url: 'http://127.0.0.1:1',
    token: TOKEN,
    outbox: process.argv[2] ?? '',
    onProblem: () => undefined,
  });
  await client.close({ timeout: 0 });
  process.stdout.write('opened\n');
} catch (error) {
  process.stdout.write(`${(error as { code?: string }).code}\n`);
}
