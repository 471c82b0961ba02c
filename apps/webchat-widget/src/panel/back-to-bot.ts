import type { BACK_TO_BOT as Contract } from '@baton/contracts';

/** The contract's own value; only its type can be imported, for the sake of the bundle's size. */
export const BACK_TO_BOT: typeof Contract = 'baton:back-to-bot';
