import { CloseButton, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { listBots, STANDINGS } from '@baton/control-api';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useRead } from '../api/client.js';
import { CHANNELS } from './filters.js';
import type { Filters } from './filters.js';
import { botChoices } from '../kit/bot-choices.js';
import { CHANNEL_WORDS, STANDING_WORDS } from './standings.js';

/** Typing is over when nothing came for so long (ms). */
const TYPED_MS = 350;

/** Chooses which conversations are looked at. */
export function ConversationFilters({
  workspaceId,
  filters,
  onChange,
}: {
  readonly workspaceId: string;
  readonly filters: Filters;
  readonly onChange: (name: 'with' | 'channel' | 'bot' | 'q', value: string | null) => void;
}) {
  const bots = useRead(listBots, { params: { workspaceId } });
  const [typed, setTyped] = useState(filters.q ?? '');
  const search = useDebouncedCallback((text: string) => onChange('q', text.trim() || null), TYPED_MS);
  const type = (text: string) => {
    setTyped(text);
    search(text);
  };
  return (
    <Group mb="md" gap="sm" align="flex-end" role="search">
      <TextInput
        label="Find"
        placeholder="Name, e-mail, conversation or Crisp session"
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={typed && <CloseButton size="sm" aria-label="Clear the search" onClick={() => type('')} />}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
        flex="1 1 240px"
        maw={420}
      />
      <Select
        label="With"
        placeholder="anybody"
        clearable
        clearButtonProps={{ 'aria-label': 'With anybody' }}
        value={filters.standing ?? null}
        data={STANDINGS.map((value) => ({ value, label: STANDING_WORDS[value].label }))}
        onChange={(value) => onChange('with', value)}
        w={{ base: 'calc(50% - 6px)', xs: 170 }}
      />
      <Select
        label="Channel"
        placeholder="any"
        clearable
        clearButtonProps={{ 'aria-label': 'Any channel' }}
        value={filters.channel ?? null}
        data={CHANNELS.map((value) => ({ value, label: CHANNEL_WORDS[value] }))}
        onChange={(value) => onChange('channel', value)}
        w={{ base: 'calc(50% - 6px)', xs: 140 }}
      />
      <Select
        label="Bot"
        placeholder="all"
        clearable
        clearButtonProps={{ 'aria-label': 'All bots' }}
        value={filters.bot ?? null}
        data={botChoices(bots.data?.items ?? [])}
        onChange={(value) => onChange('bot', value)}
        w={{ base: 'calc(50% - 6px)', xs: 170 }}
      />
    </Group>
  );
}
