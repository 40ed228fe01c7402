// A service whose log is down, in a process of its own: it says on stdout what it went on with, until it is killed.
import { createCapture } from '@zegel/capture';
import { register } from './register.ts';

const [folder = '', asks = '1'] = process.argv.slice(2);
const down = {
  append: () => Promise.reject(new Error('down')),
  gap: () => new Promise<never>(() => undefined),
};
const { access, runAs } = createCapture({
  to: down,
  register,
  service: 'shop',
  gaps: folder,
  onProblem: () => undefined,
});
const anna = { kind: 'employee', id: 'e-17' } as const;

async function visit(): Promise<void> {
  for (;;) {
    await access.read('helpdesk', { subjects: [], fields: ['name'] }, () => process.stdout.write('x'));
  }
}

await runAs(anna, () => Promise.all(Array.from({ length: Number(asks) }, visit)));
