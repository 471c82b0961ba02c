import { Group, SegmentedControl, Stack } from '@mantine/core';
import { botVersions } from '@baton/control-api';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { useBot } from '../bots/use-bot.js';
import { Loading } from '../kit/loading.js';
import { Trouble } from '../kit/trouble.js';
import { ChangeList } from './change-list.js';

/** What a version changed, or what is another one today. */
export function VersionChangesPanel({
  version,
  current,
  children,
}: {
  readonly version: number;
  readonly current: number;
  /** What can be done with it. */
  readonly children: ReactNode;
}) {
  const { workspaceId } = useWorkspace();
  const { botId } = useBot().bot;
  const [withWhat, setWithWhat] = useState<'before' | 'today'>('before');
  const of = { workspaceId, botId };
  const request =
    withWhat === 'before' ? { params: { ...of, version } } : { params: { ...of, version: current }, query: { since: version } };
  const read = useRead(botVersions.changes, request, { staleTime: Infinity });
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label="Compare"
          value={withWhat}
          onChange={(to) => setWithWhat(to === 'today' ? 'today' : 'before')}
          data={[
            { value: 'before', label: 'What it changed' },
            { value: 'today', label: 'What changed since', disabled: version === current },
          ]}
        />
        {children}
      </Group>
      {read.isPending && <Loading what="Comparing" />}
      {read.error && <Trouble error={read.error} onRetry={() => void read.refetch()} />}
      {read.data && (
        <ChangeList
          changes={read.data.changes}
          none={withWhat === 'before' ? 'Nothing that is shown here is another one in it.' : 'Today everything is as in this version.'}
        />
      )}
    </Stack>
  );
}
