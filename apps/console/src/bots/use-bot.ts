import { getBot, getSession, listBots, putBot } from '@baton/control-api';
import type { GivenBot, ShownBot } from '@baton/control-api';
import { createContext, use } from 'react';
import { keyOf, queries, useDo } from '../api/client.js';

/** The bot of the page, as it was last read. */
export interface OpenBot {
  readonly bot: ShownBot;
  readonly version: number;
  readonly changedAt: string;
  readonly changedBy: { readonly name: string };
}

export const BotContext = createContext<OpenBot | undefined>(undefined);

/** The bot of the page. */
export function useBot(): OpenBot {
  const open = use(BotContext);
  if (!open) throw new Error('outside of a bot’s page');
  return open;
}

/**
 * Saves the bot with some of its settings changed. The version that was read goes along, so that nobody's change is lost: where somebody
 * else was quicker, the error says so.
 */
export function useSaveBot() {
  const { bot, version } = useBot();
  const put = useDo(putBot, { forgets: [listBots, getSession] });
  const { workspaceId, botId } = bot;
  const params = { workspaceId, botId };
  return {
    error: put.error,
    isSaving: put.isPending,
    reset: put.reset,
    save: (change: Partial<GivenBot>, onSaved?: (saved: { readonly published: boolean; readonly bot: ShownBot }) => void): void =>
      put.mutate(
        { request: { params, body: { ...bot, ...change } as GivenBot }, options: { version } },
        {
          onSuccess: (saved) => {
            queries.setQueryData(keyOf(getBot, { params }), saved);
            onSaved?.(saved);
          },
        },
      ),
  };
}
