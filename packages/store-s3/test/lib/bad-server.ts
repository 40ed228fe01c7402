import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { Bucket } from '../../src/bucket/bucket.ts';

/** Answers one request after it has arrived whole. */
export type Answering = (response: ServerResponse, request: IncomingMessage) => void;

/** An S3 error as servers write it. */
export function s3Error(status: number, code: string, message = 'as the test wants it'): Answering {
  return (response) => {
    const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
    response.writeHead(status, {
      'content-type': 'application/xml',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  };
}

/** Headers and a body; `content-length` may lie. */
export function plainAnswer(
  status: number,
  body = '',
  headers: Readonly<Record<string, string>> = {},
): Answering {
  return (response) => {
    response.writeHead(status, { 'content-length': `${Buffer.byteLength(body)}`, ...headers });
    response.end(body);
  };
}

/** Closes the connection instead of answering. */
export const cut: Answering = (response) => response.destroy();

/** Answers that never end. */
const endless = new Set<Answering>();

/** Sends headers and a part of what they promise, and then `end`. */
export function partOf(body: string, sent: number, end: 'cut' | 'silence'): Answering {
  const answer: Answering = (response) => {
    response.writeHead(200, { 'content-length': `${body.length}` });
    response.write(body.slice(0, sent));
    if (end === 'cut') setTimeout(() => response.destroy(), 20);
  };
  if (end === 'silence') endless.add(answer);
  return answer;
}

/** Never answers. */
export const silence: Answering = () => undefined;
endless.add(silence);

/** What a test needs of a server that misbehaves. */
export interface BadServer {
  readonly bucket: Bucket;
  readonly endpoint: string;
  /** Method, path and query of each request. */
  readonly seen: readonly string[];
}

/** A server on this machine that answers as told, in order, the last answer again and again. */
export async function badServer(...answers: readonly Answering[]): Promise<BadServer> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(seen.length, answers.length - 1)];
    seen.push(`${request.method} ${request.url}`);
    request.resume().on('end', () => answer?.(response, request));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // Short only where it is waited for: a busy machine is slow to send its first request.
  const timeoutMs = answers.some((one) => endless.has(one)) ? 1000 : 10_000;
  const bucket = new Bucket({ bucket: 'audit', prefix: 'p/', endpoint, region: 'us-east-1' }, { timeoutMs });
  onTestFinished(async () => {
    bucket.close();
    server.closeAllConnections();
    await new Promise((resolve) => void server.close(resolve));
  });
  return { bucket, endpoint, seen };
}
