import { faultMatrix } from './faults.ts';
import { SEVERAL_WINNERS } from './lib/servers.ts';

faultMatrix(SEVERAL_WINNERS);
