import { Button, SimpleGrid, Skeleton, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { listBots } from '@baton/control-api';
import { IconPlus, IconRobot, IconSearch } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { Empty } from '../kit/empty.js';
import { PageHead } from '../kit/page-head.js';
import { Trouble } from '../kit/trouble.js';
import { BotCard } from './list/bot-card.js';
import { NewBotDialog } from './list/new-bot-dialog.js';

/** From so many bots on there is something to search. */
const MANY = 6;

/** The bots of the workspace. */
export default function BotsPage() {
  const { workspaceId, mayEdit } = useWorkspace();
  const bots = useRead(listBots, { params: { workspaceId } });
  const [query, setQuery] = useSearchParams();
  const [isOpen, { open, close }] = useDisclosure();
  const items = bots.data?.items ?? [];
  const words = (query.get('search') ?? '').trim().toLowerCase();
  const found = items.filter(({ botId, name }) => botId.includes(words) || name.toLowerCase().includes(words));
  const button = mayEdit && (
    <Button leftSection={<IconPlus size={18} />} onClick={open}>
      New bot
    </Button>
  );
  return (
    <>
      <PageHead
        title="Bots"
        about="Each bot is one assistant in front of your visitors, with its channels, its people behind it and its knowledge."
      >
        {items.length > 0 && button}
      </PageHead>
      <NewBotDialog opened={isOpen} onClose={close} taken={new Set(items.map(({ botId }) => botId))} />
      {bots.error && <Trouble error={bots.error} onRetry={() => void bots.refetch()} />}
      {bots.data && items.length === 0 && (
        <Empty Icon={IconRobot} title="No bot yet" action={button}>
          A bot stands in front of your visitors, in a chat on your website or in Messenger. When it does not get further, it hands the
          conversation to your people in Crisp. {mayEdit ? 'Begin with a name; everything else can wait.' : 'An editor can make one.'}
        </Empty>
      )}
      {items.length >= MANY && (
        <TextInput
          mb="md"
          maw={420}
          type="search"
          aria-label="Search bots"
          placeholder="Search by name"
          leftSection={<IconSearch size={18} />}
          value={query.get('search') ?? ''}
          onChange={(event) => setQuery(event.currentTarget.value === '' ? {} : { search: event.currentTarget.value }, { replace: true })}
        />
      )}
      {items.length > 0 && found.length === 0 && <Text c="dimmed">No bot is called so.</Text>}
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} aria-busy={bots.isPending}>
        {bots.isPending && [0, 1, 2].map((i) => <Skeleton key={i} height={124} radius="lg" />)}
        {found.map((bot) => (
          <BotCard key={bot.botId} bot={bot} />
        ))}
      </SimpleGrid>
    </>
  );
}
