export * from './inner-door.js';
export * from './pass.js';
