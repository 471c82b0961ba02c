import { Alert, Anchor } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useWorkspace } from '../app/session.js';
import { useBotNames, useKillSwitches } from './use-kill-switches.js';
import { bannerOf } from './words.js';

/** Stands over every page while anything is switched off. */
export function KillSwitchBanner() {
  const { workspaceId } = useWorkspace();
  const { switches = [] } = useKillSwitches();
  const nameOf = useBotNames();
  const text = bannerOf(switches, nameOf);
  if (text === undefined) return null;
  return (
    <Alert color="red" variant="light" icon={<IconHandStop />} mb="lg" role="status" aria-label="Kill switch">
      {text}{' '}
      <Anchor component={Link} to={`/${workspaceId}/kill-switch`} inherit c="inherit" fw={600} td="underline">
        See the kill switches
      </Anchor>
    </Alert>
  );
}
