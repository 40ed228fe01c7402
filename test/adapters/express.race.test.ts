import { expressAdapter } from './lib/express.ts';
import { raceSuite } from './lib/race.ts';

raceSuite(expressAdapter);
