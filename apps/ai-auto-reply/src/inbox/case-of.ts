import type { BotSettings } from '@baton/contracts';
import { factId } from './inbox-judge.js';
import type { Case } from './inbox-judge.js';
import type { Reading } from './read-hook.js';

/** Where something was read, and the bot that answers there. */
export interface ReadIn {
  readonly websiteId: string;
  readonly sessionId: string;
  readonly bot: Pick<BotSettings, 'botId' | 'workspaceId'>;
}

/** What was read, for the judge: the same whether a hook told it or a list of messages, so that it has one effect. */
export function caseOf({ websiteId, sessionId, bot }: ReadIn, reading: Reading): Case {
  const { botId, workspaceId } = bot;
  return {
    sessionId,
    websiteId,
    ...(reading.begins ? { begins: { sessionId, websiteId, botId, workspaceId } } : {}),
    facts: reading.facts,
    ...(reading.command ? { command: reading.command } : {}),
    id: factId(websiteId, sessionId, reading.id),
  };
}
