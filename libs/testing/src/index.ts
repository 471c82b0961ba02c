export * from './eventually.js';
export * from './fresh-database.js';
export * from './fresh-knowledge-database.js';
export * from './local/free-port.js';
export * from './local/guarded-process.js';
export { installEmbeddingModel } from './local/embedding-model.js';
export { startLocalServices, type LocalServices, type LocalServicesOptions } from './local/local-services.js';
export type { Restartable } from './local/restartable.js';
export * from './spawn-service.js';
