/** Symbol under which a handler or middleware says what it was found to be; `assertAllRoutesAudited` looks for it. */
export const AUDITED: unique symbol = Symbol.for('zegel.audited') as never;

/** What is known of a route: under which activity it is audited, or why it need not be. */
export type Mark = { readonly audited: string } | { readonly unaudited: string };

/** The same function, marked. */
export function marked<F extends object>(target: F, mark: Mark): F {
  Object.defineProperty(target, AUDITED, { value: Object.freeze(mark) });
  return target;
}

/** The reason why a route touches no personal data, which must be there: it is read by who reviews the routes. */
export function checkedReason(reason: string): string {
  if (reason.trim() === '')
    throw new TypeError('unaudited() needs the reason why the route touches no personal data');
  return reason;
}
