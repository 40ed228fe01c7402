import { adapterSuite } from './lib/cases.ts';
import { fetchAdapter } from './lib/fetch.ts';

adapterSuite(fetchAdapter);
