export * from './door.js';
export * from './door-variables.js';
export * from './doors-table.js';
export * from './keep-doors.js';
export * from './patience.js';
export * from './whole-bodies.js';
