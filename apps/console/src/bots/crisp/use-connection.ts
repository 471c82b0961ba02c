import {
  checkCrispConnection,
  deleteCrispConnection,
  getBot,
  getCrispConnection,
  listBots,
  listCrispConnections,
  putCrispConnection,
  rotateHookSecret,
} from '@baton/control-api';
import { queries, useDo } from '../../api/client.js';
import { isChangedMeanwhile } from '../../api/problems.js';
import { useBot } from '../use-bot.js';

const TOUCHED = [getBot, listBots, getCrispConnection, listCrispConnections];

/** What can be done to the connection of the page's bot. */
export function useConnection() {
  const { bot } = useBot();
  return {
    params: { workspaceId: bot.workspaceId, botId: bot.botId },
    check: useDo(checkCrispConnection, { forgets: [getCrispConnection] }),
    put: useDo(putCrispConnection, { forgets: TOUCHED }),
    rotate: useDo(rotateHookSecret, { forgets: TOUCHED }),
    disconnect: useDo(deleteCrispConnection, { forgets: [getBot, listBots, listCrispConnections] }),
  };
}

/** Where somebody else was quicker, what he did is read, so that the next press knows of it. */
export function readAgainIfLate(error: unknown): void {
  if (!isChangedMeanwhile(error)) return;
  for (const { id } of [getBot, getCrispConnection]) void queries.invalidateQueries({ queryKey: [id] });
}
