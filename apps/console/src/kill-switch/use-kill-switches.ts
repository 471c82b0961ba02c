import { listBots, listKillSwitches } from '@baton/control-api';
import type { ShownKillSwitch } from '@baton/control-api';
import { useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';

const LOOK_EVERY_MS = 5_000;

/** The switches that are on here, as of some seconds ago; undefined until they were read once. */
export function useKillSwitches() {
  const { workspaceId } = useWorkspace();
  const read = useRead(listKillSwitches, { params: { workspaceId } }, { refetchInterval: LOOK_EVERY_MS });
  return { switches: read.data?.items, error: read.error, retry: () => void read.refetch() };
}

/** How bots are called. */
export function useBotNames(): (botId: string) => string | undefined {
  const { workspaceId } = useWorkspace();
  const bots = useRead(listBots, { params: { workspaceId } }, { staleTime: 60_000 });
  return (botId) => bots.data?.items.find((bot) => bot.botId === botId)?.name;
}

export const isThe = (one: Pick<ShownKillSwitch, 'scope' | 'id'>) => (other: ShownKillSwitch) =>
  other.scope === one.scope && other.id === one.id;
