import { adapterSuite } from './lib/cases.ts';
import { nodeHttp } from './lib/node-http.ts';

adapterSuite(nodeHttp);
