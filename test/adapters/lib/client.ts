import { Agent, type IncomingHttpHeaders, request } from 'node:http';

/** Everything that a client got, to the last byte. */
export interface Got {
  /** 0 when the connection ended before a response. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Whether the connection broke before the response was complete. */
  readonly broken: boolean;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds after which the client hangs up. */
  readonly leaveAfter?: number;
  /** Called for the head and for every chunk, as they come. */
  readonly onBytes?: (text: string) => void;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Sends a request over real HTTP and reads what comes until nothing more does. Never rejects. */
export function ask(
  url: string,
  { method = 'GET', headers = {}, leaveAfter, onBytes }: Asking = {},
): Promise<Got> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let status = 0;
    let received: IncomingHttpHeaders = {};
    const done = (broken: boolean): void =>
      resolve({ status, headers: received, body: Buffer.concat(parts).toString(), broken });
    const req = request(url, { method, headers, agent }, (res) => {
      status = res.statusCode ?? 0;
      received = res.headers;
      onBytes?.(JSON.stringify(res.headers));
      res.on('data', (chunk: Buffer) => {
        parts.push(chunk);
        onBytes?.(Buffer.concat(parts).toString());
      });
      res.on('end', () => done(false));
      res.on('error', () => done(true));
    });
    req.on('error', () => done(true));
    if (leaveAfter !== undefined) setTimeout(() => req.destroy(), leaveAfter);
    req.end();
  });
}
