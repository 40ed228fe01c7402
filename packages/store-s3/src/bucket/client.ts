import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** A bucket, or a part of it. */
export interface BucketPlace {
  readonly bucket: string;
  /** Begin of every key: empty, or ends in a slash. */
  readonly prefix: string;
  /** Origin of another S3 than AWS; the bucket is then named in the path. */
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
}

/** Hears what goes on between the client and its server. */
export interface Listener {
  /** A request is about to be sent, or at least a connection to be made for it; `signal` is the one it was given. */
  begun(signal: AbortSignal): void;
  /** `Date` and `Age` of an answer. */
  heard(date: string | undefined, age: string | undefined): void;
}

// More than one second: an idle socket that the server has closed meanwhile costs a request.
const CONNECT_MS = 5000;
const SOCKETS = 64;

/** A client of its own pool. Sockets that idle are unreferenced by Node and keep no process alive. */
export function s3Client(place: BucketPlace, listener: Listener): S3Client {
  const agent = { keepAlive: true, maxSockets: SOCKETS };
  const region = regionOf(place);
  const client = new S3Client({
    // One attempt: what may be repeated is known here and not there.
    maxAttempts: 1,
    ...(place.endpoint === undefined ? {} : { endpoint: place.endpoint, forcePathStyle: true }),
    ...(region === undefined ? {} : { region }),
    // Waiting for leave to send costs a round trip per segment.
    expectContinueHeader: false,
    // Segments prove themselves; what else is read has a signature or is checked by its reader.
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECT_MS,
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent(agent),
    }),
  });
  listenTo(client, listener);
  return client;
}

/** AWS has its own ways of naming a region; another server mostly has none, and the signature needs one. */
function regionOf({ endpoint, region }: BucketPlace): string | undefined {
  if (region !== undefined || endpoint === undefined) return region;
  return process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? 'us-east-1';
}

interface Answer {
  readonly headers?: Readonly<Record<string, string>>;
}

function listenTo(client: S3Client, listener: Listener): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const headers = (result.response as Answer | undefined)?.headers;
      listener.heard(headers?.['date'], headers?.['age']);
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'zegelDate' },
  );
  const { requestHandler } = client.config;
  const handle = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = (request, options) => {
    const { abortSignal } = (options ?? {}) as { readonly abortSignal?: unknown };
    if (abortSignal instanceof AbortSignal) listener.begun(abortSignal);
    return handle(request, options);
  };
}
