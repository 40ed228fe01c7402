import type { Answer, ClientProblem } from '../protocol.ts';

/** What a try to send a batch came to. */
export type Outcome =
  /** The collector has answered for each event: the batch may leave the outbox. */
  | { readonly kind: 'answered'; readonly answers: readonly Answer[] }
  /** The body was refused as such, so that the culprit has to be found. */
  | { readonly kind: 'smaller'; readonly code: string; readonly message: string }
  /** Try the same again; `after`: milliseconds that the collector asks to wait at least. */
  | { readonly kind: 'later'; readonly problem: ClientProblem; readonly after: number }
  /** No try will do better until somebody does something. */
  | { readonly kind: 'stop'; readonly problem: ClientProblem };

/** Something that time may mend. */
export function later(code: ClientProblem['code'], message: string, after = 0): Outcome {
  return { kind: 'later', problem: { code, message }, after };
}
