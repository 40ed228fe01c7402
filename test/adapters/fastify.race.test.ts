import { fastify } from './lib/fastify.ts';
import { raceSuite } from './lib/race.ts';

raceSuite(fastify);
