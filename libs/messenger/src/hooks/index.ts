export { messengerEventId } from './event-id.js';
export { readMessengerHook } from './read-hook.js';
export type { LeftOut, LeftOutReason, MessengerElement, MessengerHook, MessengerHookProblem } from './read-hook.js';
export { verifyMessengerHook } from './verify.js';
export { isVerifyToken } from './verify-token.js';
