import type {
  ActivityOf,
  Actor,
  ContextMore,
  DeclarationOf,
  PersonUnder,
  RegisterDocument,
} from '@zegel/capture';

type Awaitable<T> = T | Promise<T>;

/** How `audit` tells who acts. `Input` is what the framework gives its handlers: a context or a request. */
export interface AuditOptions<Input> {
  /** Who acts, with a meaningless key; `undefined` when nobody is logged in. Its own `ip` and `userAgent` win. */
  readonly actor: (input: Input) => Awaitable<Actor | undefined>;
  /** For whom the actor acts, such as the manager whose assistant this is. */
  readonly onBehalfOf?: (input: Input) => Awaitable<ContextMore['onBehalfOf']>;
  /** What the request belongs to, such as an order or a ticket. */
  readonly case?: (input: Input) => Awaitable<string | undefined>;
  /** Free text, sealed with every entry of the request. */
  readonly reason?: (input: Input) => Awaitable<string | undefined>;
  /**
   * How many proxies of one's own stand before the service: the address is taken so many places from the end of
   * `X-Forwarded-For`. `true` is one. Default none: the header is then ignored, since anyone can send it.
   */
  readonly trustProxy?: boolean | number;
}

/** How a response tells how the access ended. */
export type OutcomeOf = (status: number) => 'success' | 'denied' | 'error';

/** What `audited` declares of a route. Either `subject` or `subjects` must be there. */
export interface AuditedOptions<R extends RegisterDocument, A extends ActivityOf<R>, Input>
  extends DeclarationOf<R, A> {
  /** Whose data it is, from the request: sealed before the handler runs. */
  readonly subject?: (input: Input) => PersonUnder<R, A> | readonly PersonUnder<R, A>[];
  /** The same for several, or `discovered`: the handler tells by `access.saw`, and its response waits for the entry. */
  readonly subjects?: 'discovered' | ((input: Input) => readonly PersonUnder<R, A>[]);
  /** Default: 401 and 403 are `denied`, everything else from 400 is `error`. */
  readonly outcome?: OutcomeOf;
}
