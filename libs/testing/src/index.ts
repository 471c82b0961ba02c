export * from './eventually.js';
export * from './free-port.js';
export * from './fresh-database.js';
export * from './guarded-process.js';
export * from './local-services.js';
export * from './spawn-service.js';
