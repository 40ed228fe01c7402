import { setTimeout as wait } from 'node:timers/promises';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** What a request sends. */
export interface Sent {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly body?: Readonly<Record<string, string>>;
}

/** Somebody's browser: keeps its cookie and is told nothing it did not ask for. */
export class Browser {
  readonly #base: string;
  readonly #agent: string;
  readonly #signal: AbortSignal;
  readonly #onAnswer: (status: number) => void;
  #cookie: string | undefined;

  constructor(base: string, agent: string, signal: AbortSignal, onAnswer: (status: number) => void) {
    this.#base = base;
    this.#agent = agent;
    this.#signal = signal;
    this.#onAnswer = onAnswer;
  }

  /** @throws what `fetch` throws, also when the traffic is to end */
  async send(path: string, { method = 'GET', body }: Sent = {}): Promise<Answer> {
    const response = await fetch(new URL(path, this.#base), {
      method,
      signal: this.#signal,
      headers: {
        'user-agent': this.#agent,
        ...(this.#cookie !== undefined && { cookie: this.#cookie }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    this.#cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? this.#cookie;
    const text = await response.text();
    this.#onAnswer(response.status);
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text };
  }

  /** Waits, unless the traffic is to end. */
  async rest(ms: number): Promise<void> {
    await wait(ms, undefined, { signal: this.#signal });
  }
}

/** Objects of a list that came back; none of anything else. */
export function listOf({ body }: Answer): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(body) ? (body as Readonly<Record<string, unknown>>[]) : [];
}
