import { usage } from './cli-error.ts';
import type { Context } from './command.ts';
import { logUrl } from './locate.ts';

/** Names a log in a bucket. @throws CliError USAGE for one in a folder */
export function bucketUrl(context: Context, command: string): string {
  const url = logUrl(context);
  if (isBucketUrl(url)) return url;
  throw usage(`${command} is for a log in a bucket (s3://bucket/prefix), not for ${url}`);
}

/** Whether a log is in a bucket. */
export function isBucketUrl(url: string): boolean {
  return url.startsWith('s3:');
}
