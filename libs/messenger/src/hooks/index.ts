export { verifyMessengerHook } from './verify.js';
