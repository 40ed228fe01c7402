import { afterEach, beforeEach, describe } from 'vitest';
import { accesses } from './cases-accesses.ts';
import { actors } from './cases-actors.ts';
import { definitions } from './cases-definitions.ts';
import { letting } from './cases-letting.ts';
import { outcomes } from './cases-outcomes.ts';
import { withholding } from './cases-withholding.ts';
import type { Adapter } from './service.ts';
import { Stage } from './stage.ts';

/** What every adapter must do, asked over HTTP. */
export function adapterSuite(adapter: Adapter): void {
  describe(`adapter of ${adapter.name}`, () => {
    const stage = new Stage(adapter);
    beforeEach(() => stage.set());
    afterEach(() => stage.strike());
    describe('seals', () => accesses(stage));
    describe('tells how it ended', () => outcomes(stage));
    describe('withholds', () => withholding(stage));
    describe('lets through', () => letting(stage));
    describe('knows who asks', () => actors(stage));
    describe('checks when a route is defined', () => definitions(stage));
  });
}
