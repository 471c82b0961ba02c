export * from './bounded-fetch.js';
export * from './fetch-outside.js';
export * from './public-address.js';
export { collectAtMost, unpackBounded } from './read-bounded.js';
