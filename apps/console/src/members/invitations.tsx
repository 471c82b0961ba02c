import { ActionIcon, Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { inviteMember, listInvitations, revokeInvitation } from '@baton/control-api';
import type { Invitation } from '@baton/control-api';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useDo, useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { Confirm } from '../kit/confirm.js';
import { Trouble } from '../kit/trouble.js';
import { atTime } from '../kit/when.js';
import type { ShownLink } from './one-time-link.js';
import { ROLE_WORDS } from './roles.js';

/** Who was invited and has not come yet. For owners. */
export function Invitations({ onRenewed }: { readonly onRenewed: (link: ShownLink) => void }) {
  const { workspaceId } = useWorkspace();
  const read = useRead(listInvitations, { params: { workspaceId } });
  const again = useDo(inviteMember, { forgets: [listInvitations] });
  const revoke = useDo(revokeInvitation, { forgets: [listInvitations] });
  const [going, setGoing] = useState<Invitation>();
  if (read.error) return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data || read.data.items.length === 0) return null;
  return (
    <Stack gap="xs" mt="xl">
      <Title order={2} size="h4">
        Invited
      </Title>
      {again.error && <Trouble error={again.error} />}
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {read.data.items.map((one) => {
          const hasEnded = new Date(one.endsAt).getTime() < Date.now();
          return (
            <Paper key={one.invitationId} withBorder p="sm" component="li">
              <Group justify="space-between" gap="sm">
                <div>
                  <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
                    {one.email}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {ROLE_WORDS[one.role].name}, invited by {one.invitedBy.name}
                    {hasEnded ? '' : `; the link is good until ${atTime(one.endsAt)}`}
                  </Text>
                </div>
                <Group gap="xs">
                  {hasEnded && (
                    <Badge color="gray" variant="light">
                      ended
                    </Badge>
                  )}
                  <Button
                    size="xs"
                    variant="default"
                    loading={again.isPending}
                    onClick={() =>
                      again.mutate(
                        { request: { params: { workspaceId }, body: { email: one.email, role: one.role } } },
                        { onSuccess: ({ url, invitation }) => onRenewed({ url, endsAt: invitation.endsAt, whom: invitation.email }) },
                      )
                    }
                  >
                    New link
                  </Button>
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    size="lg"
                    aria-label={`Take the invitation of ${one.email} back`}
                    onClick={() => setGoing(one)}
                  >
                    <IconTrash size={18} />
                  </ActionIcon>
                </Group>
              </Group>
            </Paper>
          );
        })}
      </Stack>
      <Confirm
        opened={going !== undefined}
        title="Take the invitation back?"
        does="Take it back"
        error={revoke.error}
        isBusy={revoke.isPending}
        onNo={() => {
          revoke.reset();
          setGoing(undefined);
        }}
        onYes={() =>
          going &&
          revoke.mutate(
            { request: { params: { workspaceId, invitationId: going.invitationId } } },
            { onSuccess: () => setGoing(undefined) },
          )
        }
      >
        The link that {going?.email} was given opens nothing any more.
      </Confirm>
    </Stack>
  );
}
