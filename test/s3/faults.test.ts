import { faultMatrix } from './faults.ts';
import { ATOMIC } from './lib/servers.ts';

faultMatrix(ATOMIC, false);
