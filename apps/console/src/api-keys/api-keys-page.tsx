import { Badge, Button, Code, Group, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { listApiKeys, revokeApiKey } from '@baton/control-api';
import type { ApiKey } from '@baton/control-api';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useDo, useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { Confirm } from '../kit/confirm.js';
import { Empty } from '../kit/empty.js';
import { Loading } from '../kit/loading.js';
import { PageHead } from '../kit/page-head.js';
import { Trouble } from '../kit/trouble.js';
import { ROLE_WORDS } from '../members/roles.js';
import { ago, atTime } from '../kit/when.js';
import { stateOf } from './key-state.js';
import { NewKey } from './new-key.js';
import { SCOPE_WORDS } from './scopes.js';

/** The keys with which programs of the team call the API. */
export default function ApiKeysPage() {
  const { isOwner } = useWorkspace();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <PageHead
        title="API keys"
        about="With a key, programs of your team do over the API what members do here: set bots up from Git, for example."
      >
        {isOwner && (
          <Button leftSection={<IconPlus size={18} />} onClick={open}>
            New key
          </Button>
        )}
      </PageHead>
      {isOwner ? (
        <Keys onNew={open} />
      ) : (
        <Empty Icon={IconKey} title="Owners see and make keys">
          A key acts for the whole workspace. Ask an owner if you need one; under Members you see who that is.
        </Empty>
      )}
      <NewKey opened={opened} onClose={close} />
    </>
  );
}

function Keys({ onNew }: { readonly onNew: () => void }) {
  const { workspaceId } = useWorkspace();
  const read = useRead(listApiKeys, { params: { workspaceId } });
  const revoke = useDo(revokeApiKey, { forgets: [listApiKeys] });
  const [going, setGoing] = useState<ApiKey>();
  if (read.isPending) return <Loading what="Reading the keys" />;
  if (read.error) return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  if (read.data.items.length === 0)
    return (
      <Empty Icon={IconKey} title="No key yet" action={<Button onClick={onNew}>Make the first key</Button>}>
        Give each program a key of its own: you see when it was last used, and end it without touching the others.
      </Empty>
    );
  const close = () => {
    revoke.reset();
    setGoing(undefined);
  };
  return (
    <>
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {read.data.items.map((key) => (
          <KeyRow key={key.keyId} apiKey={key} onEnd={() => setGoing(key)} />
        ))}
      </Stack>
      <Confirm
        opened={going !== undefined}
        title={`End the key “${going?.name ?? ''}”?`}
        does="End the key"
        error={revoke.error}
        isBusy={revoke.isPending}
        onNo={close}
        onYes={() =>
          going && revoke.mutate({ request: { params: { workspaceId, keyId: going.keyId } } }, { onSuccess: () => setGoing(undefined) })
        }
      >
        Whatever still uses it is refused from the next request on. This cannot be taken back.
      </Confirm>
    </>
  );
}

function KeyRow({ apiKey, onEnd }: { readonly apiKey: ApiKey; readonly onEnd: () => void }) {
  const now = Date.now();
  const state = stateOf(apiKey, now);
  const isOver = state === 'ended' || state === 'revoked';
  return (
    <Paper withBorder p="sm" component="li">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} miw={0} style={{ flex: 1 }}>
          <Group gap="xs">
            <Text fw={600}>{apiKey.name}</Text>
            <Code>{apiKey.prefix}…</Code>
            {state === 'revoked' && (
              <Badge color="gray" variant="light">
                ended by hand
              </Badge>
            )}
            {state === 'ended' && (
              <Badge color="gray" variant="light">
                time is over
              </Badge>
            )}
            {state === 'ends-soon' && (
              <Badge color="yellow" variant="light">
                ends soon
              </Badge>
            )}
          </Group>
          <Text size="sm">
            {ROLE_WORDS[apiKey.role].name} · {apiKey.scopes.map((scope) => SCOPE_WORDS[scope].name).join(', ')}
          </Text>
          <Text size="sm" c="dimmed">
            {apiKey.lastUsedAt === null ? 'Never used' : `Last used ${ago(apiKey.lastUsedAt, now)}`} · made by {apiKey.createdBy.name}{' '}
            {ago(apiKey.createdAt, now)}
            {!isOver && (apiKey.endsAt === null ? ' · no end' : ` · ends ${atTime(apiKey.endsAt)}`)}
          </Text>
        </Stack>
        {!isOver && (
          <Button size="xs" variant="light" color="red" aria-label={`End the key ${apiKey.name}`} onClick={onEnd}>
            End
          </Button>
        )}
      </Group>
    </Paper>
  );
}
