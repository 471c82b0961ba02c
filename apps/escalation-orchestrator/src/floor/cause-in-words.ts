import type { Cause } from '@baton/contracts';
import type { Handover } from './conversation.js';

const ASKED: Readonly<Record<Cause['by'], string>> = {
  bot: 'The bot asked for a human',
  api: 'A program asked for a human through the API',
  agent: 'An agent wrote to the visitor unasked',
  visitor: 'The visitor asked for a human',
  fallbacks: 'The bot had no answer several times in a row',
  words: 'The visitor used a word that calls for a human',
  'asks-for-human': 'The visitor asked for a human',
  frustration: 'The visitor is upset',
  'kill-switch': 'Somebody switched the assistant off here',
};

/** Who or what made us ask for a human, without a stop at its end. What a bot or a program says of it is the reason, and told as such. */
export function causeInWords({ by, detail }: Cause): string {
  return detail === undefined || by === 'bot' || by === 'api' ? ASKED[by] : `${ASKED[by]} (${detail})`;
}

/** What made us ask for a human in this handover; of one that began before causes were kept, who did. */
export function causeOf({ cause, requestedBy }: Pick<Handover, 'cause' | 'requestedBy'>): Cause {
  return cause ?? { by: requestedBy === 'rule' ? 'words' : requestedBy };
}
