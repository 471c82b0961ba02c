import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { SlugSchema } from '@baton/contracts';
import { getBot, listBots, putBot } from '@baton/control-api';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { keyOf, queries, useDo } from '../../api/client.js';
import { fieldProblem, wordsOf } from '../../api/problems.js';
import { useWorkspace } from '../../app/session.js';
import { languageChoices } from './languages.js';
import { freeId } from './suggest-id.js';

/** Makes a bot: what it is called, and under which short name it stands in addresses. */
export function NewBotDialog({
  opened,
  onClose,
  taken,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly taken: ReadonlySet<string>;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title="New bot" centered closeButtonProps={{ 'aria-label': 'Close' }}>
      <NewBot onClose={onClose} taken={taken} />
    </Modal>
  );
}

function NewBot({ onClose, taken }: { readonly onClose: () => void; readonly taken: ReadonlySet<string> }) {
  const { workspaceId } = useWorkspace();
  const navigate = useNavigate();
  const make = useDo(putBot, { forgets: [listBots] });
  const [name, setName] = useState('');
  const [typedId, setTypedId] = useState<string>();
  const [locale, setLocale] = useState('en');
  const botId = typedId ?? freeId(name, taken);
  const wrongName = name.trim().length > 64 ? 'At most 64 characters' : undefined;
  const wrongId =
    idProblem(botId, typedId !== undefined, taken) ??
    (make.error ? (fieldProblem(make.error, '/botId') ?? takenWords(make.error)) : undefined);
  const isReady = name.trim() !== '' && botId !== '' && wrongName === undefined && idProblem(botId, true, taken) === undefined;
  const create = (): void =>
    make.mutate(
      {
        request: { params: { workspaceId, botId }, body: { botId, workspaceId, name: name.trim(), locale } },
        options: { version: 'new' },
      },
      {
        onSuccess: (made) => {
          queries.setQueryData(keyOf(getBot, { params: { workspaceId, botId } }), made);
          void navigate(`/${workspaceId}/bots/${botId}/overview`);
        },
      },
    );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) create();
      }}
    >
      <Stack>
        <TextInput
          data-autofocus
          label="Name"
          description="As your visitors see it."
          placeholder="Shop assistant"
          value={name}
          error={wrongName}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Short name"
          description="Part of web addresses and events; it cannot be changed later."
          placeholder="shop-assistant"
          value={botId}
          error={wrongId}
          onChange={(event) => {
            make.reset();
            setTypedId(event.currentTarget.value.toLowerCase());
          }}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        <Select
          label="Language"
          description="In which its own lines are written. Visitors of other languages are answered in theirs."
          searchable
          allowDeselect={false}
          data={languageChoices()}
          value={locale}
          onChange={(to) => to !== null && setLocale(to)}
        />
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!isReady} loading={make.isPending}>
            Create bot
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function idProblem(botId: string, isTyped: boolean, taken: ReadonlySet<string>): string | undefined {
  if (botId === '') return isTyped ? 'Must not be empty' : undefined;
  if (!SlugSchema.safeParse(botId).success) return 'Small letters, digits and hyphens only, beginning with a letter or digit; at most 63';
  return taken.has(botId) ? 'You have a bot of this short name already' : undefined;
}

function takenWords(error: unknown): string {
  return wordsOf(error).detail;
}
