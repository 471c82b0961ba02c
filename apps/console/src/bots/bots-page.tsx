import { Avatar, Badge, Card, Group, SimpleGrid, Text } from '@mantine/core';
import { listBots } from '@baton/control-api';
import { IconRobot } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { Empty } from '../kit/empty.js';
import { Loading } from '../kit/loading.js';
import { PageHead } from '../kit/page-head.js';
import { Trouble } from '../kit/trouble.js';

/** The bots of the workspace. */
export default function BotsPage() {
  const { workspaceId } = useWorkspace();
  const bots = useRead(listBots, { params: { workspaceId } });
  return (
    <>
      <PageHead
        title="Bots"
        about="Each bot is one assistant in front of your visitors, with its channels, its people behind it and its knowledge."
      />
      {bots.isPending && <Loading what="Reading the bots" />}
      {bots.error && <Trouble error={bots.error} onRetry={() => void bots.refetch()} />}
      {bots.data?.items.length === 0 && (
        <Empty Icon={IconRobot} title="No bot yet">
          A bot is one assistant in front of your visitors.
        </Empty>
      )}
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
        {bots.data?.items.map((bot) => (
          <Card key={bot.botId} withBorder component={Link} to={bot.botId}>
            <Group wrap="nowrap">
              <Avatar src={bot.avatar ?? null} name={bot.name} color="initials" alt="" />
              <div>
                <Text fw={600}>{bot.name}</Text>
                <Text size="sm" c="dimmed">
                  {bot.botId}
                </Text>
              </div>
              {!bot.enabled && <Badge color="gray">off</Badge>}
            </Group>
          </Card>
        ))}
      </SimpleGrid>
    </>
  );
}
