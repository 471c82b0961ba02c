/** What agents are told where no more answers are given in a conversation. */
export const GUARD_NOTE =
  'The assistant gave as many answers here as it may in an hour and is silent now. If a machine writes on the other side, block it.';
