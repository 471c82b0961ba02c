import { countAlarms } from '@baton/control-api';
import { useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';

const REFRESH_MS = 15_000;

/** How many alarms are open and not muted; undefined until that is known. */
export function useAlarmCount(): { readonly critical: number; readonly warning: number } | undefined {
  const { workspaceId } = useWorkspace();
  return useRead(countAlarms, { params: { workspaceId } }, { refetchInterval: REFRESH_MS }).data;
}
