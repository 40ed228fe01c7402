import { adapterSuite } from './lib/cases.ts';
import { fastify } from './lib/fastify.ts';

adapterSuite(fastify);
