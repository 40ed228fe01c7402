import type { Declared, RequestContext } from '@zegel/capture';
import { outcomeOf, type Plan } from './plan.ts';

type Outcome = 'success' | 'denied' | 'error';

/** One request and its response, as far as capture is concerned. */
export class Exchange {
  readonly context: RequestContext;
  readonly #declared: Declared[] = [];
  #outcome: (status: number) => Outcome = outcomeOf;

  constructor(context: RequestContext) {
    this.context = context;
  }

  /** Whether what is to be sealed is known only once the handler has produced something. */
  get waits(): boolean {
    return this.#declared.some(({ early }) => !early);
  }

  /** Whether an access has been declared. */
  get isAudited(): boolean {
    return this.#declared.length > 0;
  }

  /**
   * Declares a route's access. To be awaited before the handler runs.
   *
   * @throws CaptureError when the handler must not run
   */
  async open<Input>(plan: Plan<Input>, input: Input, method: string, pattern?: string): Promise<void> {
    const operation = pattern === undefined ? undefined : plan.operation(method, pattern);
    const declared = this.context.declare(plan.checked, plan.subjects(input), operation);
    await declared.before();
    this.#declared.push(declared);
    this.#outcome = plan.outcome;
  }

  /** How a response with this status ended. */
  outcome(status: number): Outcome {
    return this.#outcome(status);
  }

  /**
   * Seals everything that is open. To be awaited before the first byte goes out.
   *
   * @throws CaptureError when the response must be dropped
   */
  async seal(outcome: Outcome): Promise<void> {
    const [only, ...more] = this.#declared;
    if (more.length > 0) return this.#sealAll(outcome);
    try {
      await only?.after({ outcome });
    } finally {
      await this.context.seal({ outcome });
    }
  }

  async #sealAll(outcome: Outcome): Promise<void> {
    const ends = await Promise.allSettled(this.#declared.map((each) => each.after({ outcome })));
    await this.context.seal({ outcome });
    const failed = ends.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }
}
