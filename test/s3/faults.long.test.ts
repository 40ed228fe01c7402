import { faultMatrix } from './faults.ts';
import { SERVERS } from './lib/servers.ts';

for (const server of SERVERS) faultMatrix(server, true);
