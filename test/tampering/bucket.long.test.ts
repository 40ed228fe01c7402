import { SERVERS } from '../s3/lib/servers.ts';
import { casesInBucket } from './lib/cases-in-bucket.ts';

for (const server of SERVERS) casesInBucket(server, 1);
