import { Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { deleteBot, getBot, listBots } from '@baton/control-api';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { queries, useDo } from '../../api/client.js';
import { isChangedMeanwhile } from '../../api/problems.js';
import { Trouble } from '../../kit/trouble.js';
import { Section } from '../../kit/section.js';
import { useBot } from '../use-bot.js';

/** Takes the bot away, for who means it. */
export function DangerZone() {
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <Section
      title="Delete this bot"
      about="Its channels close. What it said stays in the conversations, and its settings in the history."
      aside={
        <Button color="red" variant="light" onClick={open}>
          Delete bot
        </Button>
      }
    >
      <Modal opened={isOpen} onClose={close} title="Delete this bot?" centered closeButtonProps={{ 'aria-label': 'Close' }}>
        <Really onClose={close} />
      </Modal>
    </Section>
  );
}

function Really({ onClose }: { readonly onClose: () => void }) {
  const { bot, version } = useBot();
  const { workspaceId, botId } = bot;
  const navigate = useNavigate();
  const remove = useDo(deleteBot, { forgets: [listBots] });
  const [typed, setTyped] = useState('');
  const isMeant = typed.trim() === botId;
  const go = (): void =>
    remove.mutate(
      { request: { params: { workspaceId, botId } }, options: { version } },
      {
        onSuccess: () => {
          void navigate(`/${workspaceId}/bots`);
          notifications.show({ color: 'teal', title: 'Deleted', message: `${bot.name} answers nobody any more.` });
        },
        onError: (error) => {
          if (isChangedMeanwhile(error)) void queries.invalidateQueries({ queryKey: [getBot.id] });
        },
      },
    );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isMeant) go();
      }}
    >
      <Stack>
        <List size="sm" spacing="xs">
          <List.Item>Visitors meet nobody in its channels, within seconds; what agents write in Crisp reaches them no more.</List.Item>
          <List.Item>Its web hooks are refused, and its keys open nothing.</List.Item>
          <List.Item>
            What was said in its conversations stays, but can be seen, exported and erased only while there is the bot: erase first whom you
            must.
          </List.Item>
          <List.Item>Its settings stay: from the audit log it can be brought back.</List.Item>
        </List>
        <TextInput
          data-autofocus
          label={
            <>
              Type{' '}
              <Text component="span" ff="monospace" fw={600} size="sm">
                {botId}
              </Text>{' '}
              to go on
            </>
          }
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {remove.error && <Trouble error={remove.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red" disabled={!isMeant} loading={remove.isPending}>
            Delete bot
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
