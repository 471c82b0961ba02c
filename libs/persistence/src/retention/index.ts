export * from './conversations.js';
export * from './kept.js';
export * from './limit.js';
export * from './limits.js';
