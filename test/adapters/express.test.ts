import { adapterSuite } from './lib/cases.ts';
import { expressAdapter } from './lib/express.ts';

adapterSuite(expressAdapter);
