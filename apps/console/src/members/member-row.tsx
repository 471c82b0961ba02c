import { ActionIcon, Avatar, Badge, Group, Menu, Paper, Select, Text } from '@mantine/core';
import { changeMember, getSession, listMembers } from '@baton/control-api';
import type { Member, Role } from '@baton/control-api';
import { notifications } from '@mantine/notifications';
import { IconDots, IconLink, IconUserMinus } from '@tabler/icons-react';
import { useDo } from '../api/client.js';
import { wordsOf } from '../api/problems.js';
import { useSession, useWorkspace } from '../app/session.js';
import { ago } from '../kit/when.js';
import { ROLE_CHOICES, ROLE_WORDS } from './roles.js';

/** One member: who, since when seen, which role; owners change it here. */
export function MemberRow({
  member,
  onRemove,
  onLink,
}: {
  readonly member: Member;
  readonly onRemove: () => void;
  readonly onLink: () => void;
}) {
  const { workspaceId, isOwner } = useWorkspace();
  const { person } = useSession();
  const change = useDo(changeMember, { forgets: [listMembers, getSession] });
  const isMe = person.personId === member.personId;
  return (
    <Paper withBorder p="sm" component="li">
      <Group justify="space-between" gap="sm">
        <Group gap="sm" wrap="nowrap" miw={0}>
          <Avatar name={member.name} color="initials" aria-hidden />
          <div style={{ minWidth: 0 }}>
            <Group gap="xs">
              <Text fw={600}>{member.name}</Text>
              {isMe && (
                <Badge size="sm" variant="light">
                  you
                </Badge>
              )}
            </Group>
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {member.email} · {member.seenAt === null ? 'not signed in' : `seen ${ago(member.seenAt, Date.now())}`}
            </Text>
          </div>
        </Group>
        <Group gap="xs" wrap="nowrap">
          {isOwner ? (
            <Select
              aria-label={`Role of ${member.name}`}
              w={120}
              allowDeselect={false}
              data={ROLE_CHOICES}
              value={change.isPending ? (change.variables.request?.body?.role ?? member.role) : member.role}
              disabled={change.isPending}
              onChange={(role) =>
                role !== null &&
                change.mutate(
                  { request: { params: { workspaceId, personId: member.personId }, body: { role: role as Role } } },
                  {
                    onSuccess: () =>
                      notifications.show({
                        color: 'teal',
                        message: `${member.name} is ${ROLE_WORDS[role as Role].name.toLowerCase()} now.`,
                      }),
                    onError: (error) => notifications.show({ color: 'red', title: wordsOf(error).title, message: wordsOf(error).detail }),
                  },
                )
              }
            />
          ) : (
            <Badge variant="light">{ROLE_WORDS[member.role].name}</Badge>
          )}
          {(isOwner || isMe) && (
            <Menu position="bottom-end" withinPortal={false}>
              <Menu.Target>
                <ActionIcon variant="subtle" size="lg" aria-label={`More for ${member.name}`}>
                  <IconDots size={18} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {isOwner && !isMe && (
                  <Menu.Item leftSection={<IconLink size={16} />} onClick={onLink}>
                    Make a sign-in link
                  </Menu.Item>
                )}
                <Menu.Item c="red" leftSection={<IconUserMinus size={16} />} onClick={onRemove}>
                  {isMe ? 'Leave the workspace' : 'Remove from the workspace'}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </Group>
      </Group>
    </Paper>
  );
}
