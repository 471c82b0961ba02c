/** Servers with certificates and rights, apart because few tests need them: `@baton/testing/secured`. */
export * from './local/certificates.js';
export * from './local/secured-kafka.js';
export * from './local/secured-postgres.js';
