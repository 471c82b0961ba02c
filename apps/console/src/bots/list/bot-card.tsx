import { Avatar, Badge, Card, Group, Stack, Text } from '@mantine/core';
import type { BotEntry } from '@baton/control-api';
import { IconBook2, IconBrandMessenger, IconHeadset, IconMessageCircle, IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

const ASSISTANT = { off: undefined, shadow: 'Assistant practises', note: 'Assistant suggests', reply: 'Assistant replies' } as const;

/** One bot of the list: who it is, and at one look what it can do. */
export function BotCard({ bot }: { readonly bot: BotEntry }) {
  const assistant = ASSISTANT[bot.assistant.inbox] ?? (bot.assistant.channels ? 'Assistant answers visitors' : undefined);
  return (
    <Card withBorder radius="lg" p="md" component={Link} to={bot.botId} h="100%" className="bot-card">
      <Stack gap="md" justify="space-between" h="100%">
        <Group wrap="nowrap" align="flex-start">
          <Avatar src={bot.avatar ?? null} name={bot.name} color="initials" alt="" aria-hidden />
          <div style={{ minWidth: 0, flex: 1 }}>
            <Text fw={600} truncate>
              {bot.name}
            </Text>
            <Text size="sm" c="dimmed" ff="monospace" truncate>
              {bot.botId}
            </Text>
          </div>
          <Badge variant={bot.enabled ? 'light' : 'default'} color={bot.enabled ? 'teal' : 'gray'}>
            {bot.enabled ? 'On' : 'Off'}
          </Badge>
        </Group>
        <Group gap="md">
          {bot.channels.includes('webchat') && <Fact icon={<IconMessageCircle size={16} />}>Webchat</Fact>}
          {bot.channels.includes('messenger') && <Fact icon={<IconBrandMessenger size={16} />}>Messenger</Fact>}
          {bot.channels.length === 0 && bot.assistant.inbox === 'off' && <Fact icon={<IconMessageCircle size={16} />}>No channel yet</Fact>}
          {bot.crisp ? (
            <Fact icon={<IconHeadset size={16} />}>Crisp</Fact>
          ) : (
            <Fact icon={<IconPlugConnectedX size={16} />}>Crisp not connected</Fact>
          )}
          {assistant !== undefined && <Fact icon={<IconBook2 size={16} />}>{assistant}</Fact>}
        </Group>
      </Stack>
    </Card>
  );
}

function Fact({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <Group gap={6} wrap="nowrap" c="dimmed">
      {icon}
      <Text size="sm">{children}</Text>
    </Group>
  );
}
