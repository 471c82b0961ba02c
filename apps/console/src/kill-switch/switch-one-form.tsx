import { Button, Group, SegmentedControl, Select, TextInput } from '@mantine/core';
import { listBots } from '@baton/control-api';
import { useState } from 'react';
import { useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { botChoices } from '../kit/bot-choices.js';
import type { SwitchDialogProps } from './switch-dialog.js';

type Part = 'bot' | 'website' | 'conversation';
const PARTS: readonly { value: Part; label: string }[] = [
  { value: 'bot', label: 'A bot' },
  { value: 'website', label: 'A website' },
  { value: 'conversation', label: 'A conversation' },
];

/** Chooses the part that is to be switched off. */
export function SwitchOneForm({ onAsk }: { readonly onAsk: (one: Pick<SwitchDialogProps, 'scope' | 'id' | 'name'>) => void }) {
  const { workspaceId } = useWorkspace();
  const bots = useRead(listBots, { params: { workspaceId } });
  const [part, setPart] = useState<Part>('bot');
  const [id, setId] = useState<string | null>(null);
  const items = bots.data?.items ?? [];
  const websites = [...new Set(items.flatMap(({ crisp }) => (crisp ? [crisp.websiteId] : [])))];
  const choices =
    part === 'bot'
      ? botChoices(items)
      : websites.map((websiteId) => {
          const of = items.filter(({ crisp }) => crisp?.websiteId === websiteId).map(({ name }) => name);
          return { value: websiteId, label: `${websiteId} (${of.join(', ')})` };
        });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (id !== null && id.trim() !== '') onAsk({ scope: part, id: id.trim(), name: items.find(({ botId }) => botId === id)?.name });
      }}
    >
      <Group align="flex-end" gap="sm">
        <SegmentedControl
          aria-label="Which part"
          data={[...PARTS]}
          value={part}
          onChange={(to) => {
            setPart(to as Part);
            setId(null);
          }}
        />
        {part === 'conversation' ? (
          <TextInput
            label="Conversation id, or session id from Crisp"
            placeholder="session_…"
            style={{ flex: '1 1 260px' }}
            value={id ?? ''}
            onChange={(event) => setId(event.currentTarget.value)}
          />
        ) : (
          <Select
            label={part === 'bot' ? 'Bot' : 'Website'}
            placeholder="Choose"
            style={{ flex: '1 1 260px' }}
            data={choices}
            value={id}
            onChange={setId}
            nothingFoundMessage="There is none yet"
          />
        )}
        <Button type="submit" color="red" variant="light" disabled={id === null || id.trim() === ''}>
          Switch off
        </Button>
      </Group>
    </form>
  );
}
