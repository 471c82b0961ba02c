import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { COMMON_LANGUAGES, isLanguageTag } from './languages.js';
import type { VisitorLanguage } from './languages.js';
import { languageName } from './said.js';
import { linesWritten, withLanguage, withoutLanguage } from './slots.js';
import type { WritingPlace } from './writing-place.js';

const GROUPS: readonly [VisitorLanguage['is'], string][] = [
  ['own', 'The bot’s own language'],
  ['written', 'You write for'],
  ['ours', 'Baton’s own lines'],
];

/** Whose visitors one writes for, and in which languages besides the bot's own. */
export function LanguageBar({
  place,
  languages,
  mayEdit,
}: {
  readonly place: WritingPlace;
  readonly languages: readonly VisitorLanguage[];
  readonly mayEdit: boolean;
}) {
  const [adding, add] = useDisclosure();
  const [removing, remove] = useDisclosure();
  const { language, write, show, draft } = place;
  const lines = linesWritten(draft.value.settings, language.tag);
  const takeAway = () => {
    remove.close();
    draft.set(({ settings, broken }) => ({
      settings: withoutLanguage(settings, language.tag),
      broken: Object.fromEntries(Object.entries(broken).filter(([slot]) => !slot.startsWith(`${language.tag} `))),
    }));
    show({ language: null });
  };
  return (
    <Group gap="xs" align="flex-end">
      <Select
        label="Visitors who speak"
        w={{ base: 220, sm: 230 }}
        allowDeselect={false}
        searchable
        value={language.tag}
        onChange={(tag) => tag !== null && show({ language: tag === languages[0]?.tag ? null : tag })}
        data={GROUPS.map(([is, group]) => ({
          group,
          items: languages.filter((one) => one.is === is).map(({ tag, name }) => ({ value: tag, label: name })),
        })).filter(({ items }) => items.length > 0)}
      />
      {mayEdit && (
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={add.open}>
          Add a language
        </Button>
      )}
      {mayEdit && language.is === 'written' && (
        <Button variant="default" leftSection={<IconTrash size={16} />} onClick={lines > 0 ? remove.open : takeAway}>
          Remove {language.name}
        </Button>
      )}
      <AddLanguage
        opened={adding}
        onClose={add.close}
        taken={languages.filter(({ is }) => is !== 'ours').map(({ tag }) => tag.toLowerCase())}
        onAdd={(tag) => {
          add.close();
          write((settings) => withLanguage(settings, tag));
          show({ language: tag });
        }}
      />
      <Modal opened={removing} onClose={remove.close} title={`Remove ${language.name}?`} centered>
        <Text size="sm">
          {lines === 1 ? 'One line' : `${lines} lines`} that you wrote for {language.name} will be taken away when you save. Visitors who
          speak it then read what Baton says by itself, or what you wrote in the bot’s own language.
        </Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={remove.close}>
            Keep it
          </Button>
          <Button color="red" onClick={takeAway}>
            Remove {language.name}
          </Button>
        </Group>
      </Modal>
    </Group>
  );
}

function AddLanguage({
  opened,
  onClose,
  taken,
  onAdd,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly taken: readonly string[];
  readonly onAdd: (tag: string) => void;
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const another = isLanguageTag(typed.trim()) ? [typed.trim()] : [];
  const tags = [...new Set([...COMMON_LANGUAGES, ...another, ...(chosen === null ? [] : [chosen])])].filter(
    (tag) => !taken.includes(tag.toLowerCase()),
  );
  return (
    <Modal opened={opened} onClose={onClose} title="Add a language" centered>
      <Stack>
        <Select
          label="Language"
          description="Or a tag such as sr-Latn. What you do not write for a country, such as Austria, is looked for under its language."
          placeholder="Choose or type"
          searchable
          data-autofocus
          value={chosen}
          onChange={setChosen}
          searchValue={typed}
          onSearchChange={setTyped}
          nothingFoundMessage="No such language"
          data={tags.map((tag) => ({ value: tag, label: `${languageName(tag)} (${tag})` }))}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={chosen === null}
            onClick={() => {
              onAdd(chosen!);
              setChosen(null);
              setTyped('');
            }}
          >
            Add
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
