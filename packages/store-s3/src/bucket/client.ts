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

/** Hears the `Date` of each answer. */
export type OnDate = (date: Date) => void;

// More than one second: an idle socket that the server has closed meanwhile costs a request.
const CONNECT_MS = 5000;
const SOCKETS = 64;

/** A client of its own pool. Sockets that idle are unreferenced by Node and keep no process alive. */
export function s3Client(place: BucketPlace, onDate: OnDate): S3Client {
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
  listenForDates(client, onDate);
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

function listenForDates(client: S3Client, onDate: OnDate): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const date = Date.parse((result.response as Answer | undefined)?.headers?.['date'] ?? '');
      if (!Number.isNaN(date)) onDate(new Date(date));
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'zegelDate' },
  );
}
