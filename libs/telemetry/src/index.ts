export * from './config.js';
export * from './health/health-module.js';
export * from './health/health-server.js';
export * from './health/health.js';
export * from './logger.js';
export * from './metrics.js';
export * from './names.js';
export * from './run-service.js';
