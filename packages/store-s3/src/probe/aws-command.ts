import type { S3Place } from '../s3-url.ts';

/** A command of the AWS client that mends something of a bucket, for whoever reads what is missing. */
export function awsCommand(
  { endpoint, region }: Pick<S3Place, 'endpoint' | 'region'>,
  bucket: string,
  command: string,
): string {
  const [name = '', ...more] = command.split(' ');
  const where = endpoint === undefined ? region && `--region ${region}` : `--endpoint-url ${endpoint}`;
  return ['aws s3api', name, '--bucket', bucket, ...more, where].filter(Boolean).join(' ');
}
