/** What is asked of S3, as far as faults are chosen by it. */
export type Operation = 'put' | 'get' | 'versions' | 'list' | 'remove' | 'other';

/** A request on its way through the proxy. */
export interface Asked {
  /** The how-manieth request of all, from 0. */
  readonly nth: number;
  readonly operation: Operation;
  readonly bucket: string;
  /** Empty where the bucket itself is asked; the prefix where a listing is. */
  readonly key: string;
  /** What the client sent. */
  readonly body: Buffer;
}

/**
 * What happens to one request. `persisted` says whether the server gets it (whole) or not; the client learns of that only
 * what the kind of the fault lets through.
 *
 * - `delay`: after so many milliseconds, the request; or instead of it, the end of the connection
 * - `cut`: the connection ends without an answer
 * - `late`: the same at once, and the request is forwarded so many milliseconds later
 * - `partly`: the connection ends amid the answer; or amid the request to the server
 * - `answer`: the proxy's own answer with this status
 * - `slow`: the answer comes in small pieces; or the request goes in small pieces and never ends
 * - `truncated`: the answer's body lacks its second half, with a length that agrees; or the request's does, which the
 *   server refuses by its signature
 * - `garbled`: the answer's body has one byte changed
 * - `twice`: the request reaches the server a second time, after its answer
 */
export type Fault =
  | { readonly kind: 'delay'; readonly ms: number; readonly persisted: boolean }
  | { readonly kind: 'cut'; readonly persisted: boolean }
  | { readonly kind: 'late'; readonly ms: number; readonly persisted: true }
  | { readonly kind: 'partly'; readonly persisted: boolean }
  | { readonly kind: 'answer'; readonly status: number; readonly persisted: boolean }
  | { readonly kind: 'slow'; readonly ms: number; readonly persisted: boolean }
  | { readonly kind: 'truncated'; readonly persisted: boolean }
  | { readonly kind: 'garbled'; readonly persisted: true }
  | { readonly kind: 'twice'; readonly persisted: true };

/** Decides what happens to a request; undefined lets it through. */
export type FaultPlan = (asked: Asked) => Fault | undefined;

/** Statuses with which S3 refuses, and their codes. */
const CODES: Readonly<Record<number, string>> = {
  409: 'ConditionalRequestConflict',
  412: 'PreconditionFailed',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'SlowDown',
};

/** The body of an error answer, as S3 writes it. */
export function errorBody(status: number): string {
  const code = CODES[status] ?? 'Unknown';
  return `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
}

/** Every fault in both of its forms, by a name for people. */
export function everyFault(ms: number): ReadonlyMap<string, Fault> {
  const faults = [true, false].flatMap((persisted): Fault[] => [
    { kind: 'delay', ms, persisted },
    { kind: 'cut', persisted },
    { kind: 'partly', persisted },
    ...Object.keys(CODES).map((status) => ({ kind: 'answer' as const, status: Number(status), persisted })),
    { kind: 'slow', ms, persisted },
    { kind: 'truncated', persisted },
  ]);
  faults.push({ kind: 'late', ms, persisted: true }, { kind: 'twice', persisted: true });
  return new Map(faults.map((fault) => [nameOf(fault), fault]));
}

function nameOf(fault: Fault): string {
  const status = fault.kind === 'answer' ? ` ${fault.status}` : '';
  return `${fault.kind}${status}, ${fault.persisted ? 'persisted' : 'not persisted'}`;
}

/** A plan that gives the first `times` requests that match this fault, and lets everything else through. */
export function faultOn(matches: (asked: Asked) => boolean, fault: Fault, times = 1): FaultPlan {
  let left = times;
  return (asked) => (left > 0 && matches(asked) && left-- > 0 ? fault : undefined);
}
