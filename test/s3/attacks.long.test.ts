import { hidingAttacks } from './attacks.ts';
import { SEVERAL_WINNERS } from './lib/servers.ts';

hidingAttacks(SEVERAL_WINNERS);
