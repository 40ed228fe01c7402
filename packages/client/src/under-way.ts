import type { Receipt } from '@zegel/log';
import { ClientError } from './errors.ts';
import type { Answer } from './protocol.ts';

interface Waiting {
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: Error) => void;
}

/** Lines of this process that the log has not answered yet. */
export class UnderWay {
  readonly #lines = new Map<number, readonly Waiting[]>();

  /** The log's receipts to come, of the events in a line. */
  add(seq: number, count: number): readonly Promise<Receipt>[] {
    const all = Array.from({ length: count }, () => Promise.withResolvers<Receipt>());
    this.#lines.set(seq, all);
    return all.map(({ promise }) => {
      promise.catch(() => undefined); // nobody has to wait for it; what is refused is told elsewhere too
      return promise;
    });
  }

  /** The log has answered. */
  settle(seq: number, answers: readonly Answer[]): void {
    const waiting = this.#lines.get(seq);
    this.#lines.delete(seq);
    for (const [at, { resolve, reject }] of (waiting ?? []).entries()) {
      const answer = answers[at];
      if (answer === undefined) reject(new ClientError('OUTBOX_FAILED', 'there is no answer for this event'));
      else if ('refused' in answer)
        reject(
          new ClientError('EVENT_REFUSED', `the log refused this event: ${answer.refused}`, {
            refusal: answer,
          }),
        );
      else resolve(answer);
    }
  }

  /** Nothing will be answered here any more. */
  end(error: Error): void {
    for (const waiting of this.#lines.values()) for (const { reject } of waiting) reject(error);
    this.#lines.clear();
  }
}
