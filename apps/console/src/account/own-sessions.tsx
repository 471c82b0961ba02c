import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { endSession, endSessions, listSessions } from '@baton/control-api';
import type { OwnSession } from '@baton/control-api';
import { useState } from 'react';
import { queries, useDo, useRead } from '../api/client.js';
import { Confirm } from '../kit/confirm.js';
import { Loading } from '../kit/loading.js';
import { Trouble } from '../kit/trouble.js';
import { ago, atTime } from '../kit/when.js';
import { browserWords } from './browser-words.js';

/** The browsers in which one is signed in, and the ways out of them. */
export function OwnSessions() {
  const read = useRead(listSessions);
  const end = useDo(endSession, { forgets: [listSessions] });
  const endOthers = useDo(endSessions, { forgets: [listSessions] });
  const endAll = useDo(endSessions);
  const [asks, setAsks] = useState(false);
  if (read.isPending) return <Loading what="Reading where you are signed in" />;
  if (read.error) return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  const others = read.data.items.filter(({ current }) => !current);
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        A browser is signed out by itself after twelve hours without use, and after seven days in any case.
      </Text>
      {(end.error ?? endOthers.error) && <Trouble error={end.error ?? endOthers.error} />}
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {read.data.items.map((one) => (
          <SessionRow
            key={one.sessionId}
            session={one}
            isBusy={end.isPending}
            onEnd={() => end.mutate({ request: { params: { sessionId: one.sessionId } } })}
          />
        ))}
      </Stack>
      <Group gap="xs">
        <Button variant="default" disabled={others.length === 0} loading={endOthers.isPending} onClick={() => endOthers.mutate({})}>
          Sign out everywhere else
        </Button>
        <Button variant="subtle" color="red" onClick={() => setAsks(true)}>
          Sign out everywhere
        </Button>
      </Group>
      <Confirm
        opened={asks}
        title="Sign out everywhere?"
        does="Sign out everywhere"
        error={endAll.error}
        isBusy={endAll.isPending}
        onNo={() => setAsks(false)}
        onYes={() => endAll.mutate({ request: { query: { everywhere: 'yes' } } }, { onSuccess: () => void queries.resetQueries() })}
      >
        You are signed out of this browser, too. To come back you need a new link, or your team’s sign-in service.
      </Confirm>
    </Stack>
  );
}

function SessionRow({ session, isBusy, onEnd }: { readonly session: OwnSession; readonly isBusy: boolean; readonly onEnd: () => void }) {
  const words = browserWords(session.browser);
  return (
    <Paper withBorder p="sm" component="li">
      <Group justify="space-between" gap="sm">
        <div>
          <Group gap="xs">
            <Text fw={600}>{words}</Text>
            {session.current && (
              <Badge size="sm" variant="light" color="teal">
                this browser
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {session.address === '' ? '' : `From ${session.address} · `}seen {ago(session.seenAt, Date.now())} · since{' '}
            {atTime(session.beganAt)}
          </Text>
        </div>
        {!session.current && (
          <Button size="xs" variant="light" color="red" disabled={isBusy} aria-label={`Sign out of ${words}`} onClick={onEnd}>
            Sign out
          </Button>
        )}
      </Group>
    </Paper>
  );
}
