/**
 * The dashboard of a made-up company, every route of which is audited.
 *
 * @module
 */
export { LogIns } from './people/log-ins.ts';
export { openDatabase } from './data/open-database.ts';
export { createService, register, type Service, type ServiceOptions } from './service.ts';
