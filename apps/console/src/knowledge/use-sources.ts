import {
  addSource,
  changeSource,
  deleteSource,
  getSource,
  listSourcePages,
  listSourcePassages,
  listSources,
  refreshSource,
} from '@baton/control-api';
import { useBot } from '../bots/use-bot.js';
import { useDo, useRead } from '../api/client.js';
import { isInWork } from './source-words.js';

/** While something is being read, its progress is looked at this often (ms). */
const LOOK_MS = 1_000;
/** A bot has no more sources than this. */
const ALL = 200;

const FORGETS = [listSources, getSource, listSourcePages, listSourcePassages];

export function useOfBot() {
  const { workspaceId, botId } = useBot().bot;
  return { workspaceId, botId };
}

/** The sources of the page's bot, newest first; looked at again while something is being read. */
export function useSources() {
  const params = useOfBot();
  return useRead(
    listSources,
    { params, query: { limit: ALL } },
    { refetchInterval: ({ state: { data } }) => (data?.items.some(isInWork) ? LOOK_MS : false) },
  );
}

/** What can be done with sources; each has its own state. */
export const useAdd = () => useDo(addSource, { forgets: FORGETS });
export const useChange = () => useDo(changeSource, { forgets: FORGETS });
export const useRefresh = () => useDo(refreshSource, { forgets: FORGETS });
export const useDelete = () => useDo(deleteSource, { forgets: FORGETS });
export { FORGETS };
