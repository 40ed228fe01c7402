import { ATOMIC, SEVERAL_WINNERS } from '../s3/lib/servers.ts';
import { casesInBucket } from './lib/cases-in-bucket.ts';

casesInBucket(ATOMIC, 1);
// What the store makes of a bucket is the same; that it is, some of them show.
casesInBucket(SEVERAL_WINNERS, 3);
