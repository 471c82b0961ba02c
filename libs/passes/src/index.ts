export * from './inner-door.js';
export * from './pass.js';
export * from './signals.js';
export * from './privacy.js';
