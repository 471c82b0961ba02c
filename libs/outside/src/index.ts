export * from './public-address.js';
