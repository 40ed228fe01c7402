import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Actor, Capture, CaptureOptions } from '@zegel/capture';
import type { RegisterDocument } from '@zegel/log';
import type { AuditedOptions } from '@zegel/node/adapter';
import type { Declared } from './routes.ts';

/** How a case wants the service. */
export interface ServiceOptions extends CaptureOptions {
  /** Default true. */
  readonly audit?: boolean;
  readonly trustProxy?: boolean | number;
}

/** A service on a port of loopback. */
export interface Service {
  readonly url: string;
  readonly capture: Capture;
  /** The framework's own, where there is one. */
  readonly app?: unknown;
  close(): Promise<void>;
}

/** One adapter, serving {@link ROUTES}. */
export interface Adapter {
  readonly name: string;
  serve(options: ServiceOptions): Promise<Service>;
  /** Defines a route with a declaration that may be wrong; tells how the route, and one without personal data, are marked. */
  define(options: ServiceOptions, activity: string, declared: object): readonly unknown[];
}

/** Who a request says it is: good enough for a test. */
export function actorOf(user: string | undefined): Actor | undefined {
  return user === undefined ? undefined : { kind: 'employee', id: user, role: 'support' };
}

/** A route's declaration, as `audited` takes it; `idOf` finds the id in a framework's request. */
export function declarationOf<Input>(
  declared: Declared,
  idOf: (input: Input) => string,
): AuditedOptions<RegisterDocument, string, Input> {
  const { discovered, ...rest } = declared;
  const subject = (input: Input) => ({ type: 'customer', id: idOf(input) });
  // The names are checked when the service starts; here they come from a list.
  return { ...rest, ...(discovered ? { subjects: 'discovered' } : { subject }) } as AuditedOptions<
    RegisterDocument,
    string,
    Input
  >;
}

/** Listens on a free port. */
export async function listening(server: Server): Promise<{ readonly url: string; close(): Promise<void> }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Finds the id of a concrete path in a pattern, or tells that they don't match. */
export function match(pattern: string, path: string): { readonly id: string } | undefined {
  const found = new RegExp(`^${pattern.replace(':id', '(?<id>[^/]+)')}$`).exec(path);
  return found === null ? undefined : { id: decodeURIComponent(found.groups?.['id'] ?? '') };
}

/** What a function or object says of itself to whoever checks that every route is audited. */
export function markOf(target: object): unknown {
  return Reflect.get(target, Symbol.for('zegel.audited'));
}
