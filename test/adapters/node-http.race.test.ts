import { nodeHttp } from './lib/node-http.ts';
import { raceSuite } from './lib/race.ts';

raceSuite(nodeHttp);
