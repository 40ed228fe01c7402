import { adapterSuite } from './lib/cases.ts';
import { hono } from './lib/hono.ts';

adapterSuite(hono);
