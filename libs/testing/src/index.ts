export * from './eventually.js';
export * from './fresh-database.js';
export * from './local/free-port.js';
export * from './local/guarded-process.js';
export { startLocalServices, type LocalServices, type LocalServicesOptions } from './local/local-services.js';
export type { Restartable } from './local/restartable.js';
export * from './spawn-service.js';
