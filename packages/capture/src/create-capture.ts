import { AsyncLocalStorage } from 'node:async_hooks';
import { type CompiledRegister, compileRegister, parseRegister, type RegisterDocument } from '@zegel/log';
import { accessFunctions } from './access.ts';
import type { Capture, CaptureCore, CaptureOptions } from './capture.ts';
import { checkDeclaration, invalid } from './check-declaration.ts';
import { Context, type ContextTools } from './context.ts';
import type { CheckedDeclaration } from './declaration.ts';
import { CaptureError } from './errors.ts';
import { Counters } from './gaps/counters.ts';
import { type Actor, personMakers } from './person.ts';
import { quietly, warn } from './problem.ts';
import { Recorder } from './recorder.ts';
import type { ContextMore } from './request-context.ts';

const GAPS = './.zegel';
const TIMEOUT = 5000;
const SERVICE = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Flag of an access of which nobody knows who made it. */
const NO_CONTEXT = 'no-context';

/**
 * Captures the accesses of a service.
 *
 * @throws CaptureError `DECLARATION_INVALID` without a register or with a wrong name of the service, `GAPS_UNAVAILABLE`;
 *   RegisterError
 * @example
 * const { access, persons, runAs } = createCapture({ to: log, service: 'shop' });
 * await runAs({ kind: 'system', id: 'invoices' }, () =>
 *   access.read('billing', { subject: persons.customer('c-1001'), fields: ['name'] }, () => customers.get('c-1001')),
 * );
 */
export function createCapture<const R extends RegisterDocument>(options: CaptureOptions<R>): Capture<R> {
  const register = registerOf(options);
  const { service, dataLayer = false } = options;
  const tools = toolsOf(options, register);
  const { storage, counters, report } = tools;
  const core: CaptureCore = {
    register,
    service,
    dataLayer,
    report,
    check: (activity, declaration) => checkDeclaration(register, service, activity, declaration),
    begin: (seed) => Context.begin(tools, seed),
    current: () => storage.getStore(),
    gaps: () => counters.chain(),
    close: () => counters.close(),
  };
  const access = accessFunctions({
    core,
    contextFor: (checked) => storage.getStore() ?? withoutContext(tools, checked),
    current: () => storage.getStore(),
  });
  const runAs = <T>(actor: Actor, work: () => T | Promise<T>, more: ContextMore = {}): Promise<T> =>
    runIn(Context.begin(tools, { ...more, actor }), work);
  // The functions check at run time what the types say at compile time; one does not follow from the other.
  return Object.freeze({ ...core, access, persons: personMakers(register), runAs }) as unknown as Capture<R>;
}

function registerOf<R extends RegisterDocument>({
  register,
  to,
  service,
}: CaptureOptions<R>): CompiledRegister {
  if (!SERVICE.test(service)) {
    const message = 'must be a name of 1 to 64 of a-z 0-9 . _ -, starting with a letter or digit';
    throw invalid('any activity', [{ path: '/service', message }]);
  }
  const compiled = to.register ?? (register && compileRegister(parseRegister(register), 1));
  if (compiled !== undefined) return compiled;
  throw invalid('any activity', [{ path: '/register', message: 'is needed where the sink has none' }]);
}

function toolsOf(options: Omit<CaptureOptions, 'register'>, register: CompiledRegister): ContextTools {
  const { to: sink, service, gaps: folder = GAPS, timeout = TIMEOUT, dataLayer = false } = options;
  const report = quietly(options.onProblem ?? warn());
  const activities = [...register.activities.keys()];
  const eager = [...register.activities.values()].some(({ policy }) => policy === 'available');
  const counters = new Counters({ sink, service, folder, activities, eager, timeout, report });
  const recorder = new Recorder({ sink, register, service, timeout, counters, report });
  const { roles } = register;
  return { storage: new AsyncLocalStorage(), recorder, counters, dataLayer, roles, report };
}

function withoutContext(tools: ContextTools, { activity, policy }: CheckedDeclaration): Context {
  const message = 'an access outside any request or job: nobody knows who makes it';
  if (policy === 'strict') throw new CaptureError('NO_CONTEXT', message, { activity });
  tools.report({ kind: 'flagged', activity, message });
  return Context.begin(tools, { actor: undefined }, [NO_CONTEXT]);
}

async function runIn<T>(context: Context, work: () => T | Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await context.run(work);
  } catch (error) {
    await context.seal({ outcome: 'error' });
    throw error;
  }
  await context.seal({ outcome: 'success' });
  return result;
}
