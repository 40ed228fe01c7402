import { fetchAdapter } from './lib/fetch.ts';
import { raceSuite } from './lib/race.ts';

raceSuite(fetchAdapter);
