import { kebab, plainName } from '../names.ts';

const AWS_HOST = /\.amazonaws\.com(\.cn)?$/;

/** `secretsmanager.amazonaws.com` → `secretsmanager`; undefined when it makes no name. */
export function serviceOf(eventSource: string | undefined): string | undefined {
  return eventSource === undefined ? undefined : plainName(eventSource.replace(AWS_HOST, ''));
}

const LONGEST = 64;

/**
 * `secretsmanager.get-secret-value`: service and event name as the AWS command line writes them. One
 * that would be longer than a name may be (64) keeps its words without hyphens, then its beginning.
 */
export function operationOf(service: string, eventName: string): string | undefined {
  const words = kebab(eventName);
  if (words === '') return undefined;
  const long = `${service}.${words}`;
  return plainName(
    long.length <= LONGEST ? long : `${service}.${words.replaceAll('-', '')}`.slice(0, LONGEST),
  );
}
