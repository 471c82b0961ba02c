import { Anchor, Badge, Code, Group, Stack, Text } from '@mantine/core';
import { addressOf, getPrivacyResult, listPrivacyRequests } from '@baton/control-api';
import type { PrivacyRequest } from '@baton/control-api';
import { useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { Trouble } from '../kit/trouble.js';
import { atTime } from '../kit/when.js';
import { countOf, progressOf } from './words.js';

const RUNNING_MS = 1_500;

/** What was asked for lately, and how far it is. */
export function RequestList() {
  const { workspaceId } = useWorkspace();
  const read = useRead(
    listPrivacyRequests,
    { params: { workspaceId } },
    { refetchInterval: ({ state }) => (state.data?.items.some(({ endedAt }) => endedAt === null) ? RUNNING_MS : false) },
  );
  if (read.error && !read.data) return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  if (read.data?.items.length === 0) return <Text c="dimmed">Nothing was exported or erased yet.</Text>;
  return (
    <Stack component="ul" m={0} p={0} gap="md" style={{ listStyle: 'none' }}>
      {read.data?.items.map((request) => (
        <li key={request.requestId}>
          <OneRequest request={request} />
        </li>
      ))}
    </Stack>
  );
}

function OneRequest({ request }: { readonly request: PrivacyRequest }) {
  const { workspaceId } = useWorkspace();
  const { requestId, kind, by, createdAt, conversations, sessions, resultUntil, goneFromTopicsAt, crisp } = request;
  const toDelete = crisp.filter(({ deleted }) => !deleted);
  return (
    <Stack gap={2}>
      <Group gap="xs">
        <Text fw={600}>{kind === 'export' ? 'Export' : 'Erasure'}</Text>
        <Badge variant="default">{countOf(conversations + sessions, 'conversation')}</Badge>
        <Text size="sm" c="dimmed">
          {by.name}, {atTime(createdAt)}
        </Text>
      </Group>
      <Text size="sm">{progressOf(request)}</Text>
      {resultUntil !== null && (
        <Text size="sm">
          <Anchor href={addressOf(getPrivacyResult, { params: { workspaceId, requestId } })} download={`person-${requestId}.json`}>
            Download the JSON
          </Anchor>{' '}
          until {atTime(resultUntil)}
        </Text>
      )}
      {goneFromTopicsAt !== null && <Text size="sm">Gone from Kafka, too, by {atTime(goneFromTopicsAt)}.</Text>}
      {toDelete.length > 0 && (
        <Text size="sm" component="div">
          Still in Crisp:{' '}
          {toDelete.map(({ sessionId }) => (
            <Code key={sessionId} mr={4}>
              {sessionId}
            </Code>
          ))}
        </Text>
      )}
    </Stack>
  );
}
