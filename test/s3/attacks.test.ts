import { hidingAttacks } from './attacks.ts';
import { ATOMIC } from './lib/servers.ts';

hidingAttacks(ATOMIC);
