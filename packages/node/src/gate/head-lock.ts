import type { ServerResponse } from 'node:http';

const CHANGING = ['setHeader', 'setHeaders', 'appendHeader', 'removeHeader'] as const;

type Shadowed = 'headersSent' | 'writableEnded' | (typeof CHANGING)[number];

/**
 * Makes a response that is held back look as it would if it were not: once its head is fixed, `headersSent` is true and
 * headers can't be changed; once it has ended, `writableEnded` is true. Frameworks decide by these whether an error may
 * still become a page.
 */
export class HeadLock {
  readonly #res: ServerResponse;
  #fixed: { readonly code: number; readonly message: string } | undefined;
  readonly #before = new Map<string, PropertyDescriptor | undefined>();
  #ended = false;

  constructor(res: ServerResponse) {
    this.#res = res;
  }

  /** Whether `end` has been called. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Status as it was when the head was fixed. */
  get status(): number {
    return this.#fixed?.code ?? this.#res.statusCode;
  }

  /** @throws as node:http does for a second head */
  refuseIfFixed(): void {
    if (this.#fixed !== undefined) throw headersSent('write');
  }

  /** From here on status and headers stand. */
  fix(): void {
    if (this.#fixed !== undefined) return;
    this.#fixed = { code: this.#res.statusCode, message: this.#res.statusMessage };
    const refuse = (): never => {
      throw headersSent('set');
    };
    this.#put('headersSent', { get: () => true });
    for (const name of CHANGING) this.#put(name, { writable: true, value: refuse });
  }

  /** Nothing follows. */
  end(): void {
    this.#ended = true;
    this.#put('writableEnded', { get: () => true });
  }

  /** Gives the response back to node:http, with the status that it had. */
  unlock(): void {
    if (this.#fixed === undefined) return;
    for (const [name, before] of this.#before) {
      if (before === undefined) Reflect.deleteProperty(this.#res, name);
      else Object.defineProperty(this.#res, name, before);
    }
    this.#before.clear();
    this.#res.statusCode = this.#fixed.code;
    this.#res.statusMessage = this.#fixed.message;
  }

  /** Over what another middleware may have put there. */
  #put(name: Shadowed, property: PropertyDescriptor): void {
    this.#before.set(name, Object.getOwnPropertyDescriptor(this.#res, name));
    Object.defineProperty(this.#res, name, { configurable: true, ...property });
  }
}

function headersSent(what: string): Error {
  const error = new Error(`Cannot ${what} headers after they are sent to the client`);
  return Object.assign(error, { code: 'ERR_HTTP_HEADERS_SENT' });
}
