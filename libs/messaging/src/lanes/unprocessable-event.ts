/** Thrown by a handler for an event that can never be handled: it goes to the dead letters, the lane goes on. Never quote people's words in it. */
export class UnprocessableEvent extends Error {
  override readonly name = 'UnprocessableEvent';
}
