import { hono } from './lib/hono.ts';
import { raceSuite } from './lib/race.ts';

raceSuite(hono);
