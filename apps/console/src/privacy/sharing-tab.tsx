import { Checkbox, Code, Paper, Radio, SimpleGrid, Stack, TagsInput, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { useWorkspace } from '../app/session.js';
import { useBot, useSaveBot } from '../bots/use-bot.js';
import { SaveBar, tellSaved } from '../kit/save-bar.js';
import { useDraft } from '../kit/use-draft.js';
import { EXAMPLE_DATA, EXAMPLE_WORDS, whatCrispGets } from './what-crisp-gets.js';

/** What of a visitor goes to Crisp, with an example that follows the form. */
export default function SharingTab() {
  const { bot } = useBot();
  const { mayEdit } = useWorkspace();
  const saving = useSaveBot();
  const draft = useDraft(`sharing:${bot.workspaceId}:${bot.botId}`, bot.handover.sharing);
  const [data, setData] = useState(EXAMPLE_DATA);
  const [words, setWords] = useState(EXAMPLE_WORDS);
  const { fields, mask } = draft.value;
  const chooses = fields !== 'all-but-secrets';
  const gets = whatCrispGets(draft.value, data, words);
  return (
    <>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Stack gap="lg">
          <Radio.Group
            label="What the bot knows of a visitor"
            description="Keys that sound like secrets, such as password, token, card or iban, never go to Crisp."
            value={chooses ? 'chosen' : 'all'}
            onChange={(to) => draft.set((now) => ({ ...now, fields: to === 'all' ? 'all-but-secrets' : ['name', 'email'] }))}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="all" label="All of it goes to Crisp" disabled={!mayEdit} />
              <Radio value="chosen" label="Only these fields go to Crisp" disabled={!mayEdit} />
            </Stack>
          </Radio.Group>
          {chooses && (
            <TagsInput
              label="Fields"
              description="Such as email, order (with everything below it) or order.id. Press Enter after each."
              value={fields}
              maxTags={100}
              disabled={!mayEdit}
              onChange={(to) => draft.set((now) => ({ ...now, fields: to }))}
            />
          )}
          <Stack gap="xs">
            <Text fw={500} size="sm">
              In what visitor and bot say
            </Text>
            <Checkbox
              label="Make card numbers unreadable"
              checked={mask.cards}
              disabled={!mayEdit}
              onChange={(event) => {
                const cards = event.currentTarget.checked;
                draft.set((now) => ({ ...now, mask: { ...now.mask, cards } }));
              }}
            />
            <Checkbox
              label="Make IBANs unreadable"
              checked={mask.ibans}
              disabled={!mayEdit}
              onChange={(event) => {
                const ibans = event.currentTarget.checked;
                draft.set((now) => ({ ...now, mask: { ...now.mask, ibans } }));
              }}
            />
            <Text size="sm" c="dimmed">
              Their last four signs stay. The history behind the link in Crisp is treated the same.
            </Text>
          </Stack>
        </Stack>
        <Paper withBorder radius="lg" p="lg" component="section" aria-label="This is what Crisp would get">
          <Stack gap="sm">
            <Title order={2} size="h4">
              This is what Crisp would get
            </Title>
            <Textarea
              label="The bot knows (JSON)"
              autosize
              minRows={4}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
              value={data}
              onChange={(event) => setData(event.currentTarget.value)}
              error={gets.wrong}
            />
            <Textarea label="The visitor writes" autosize value={words} onChange={(event) => setWords(event.currentTarget.value)} />
            <Text size="sm" fw={500}>
              Crisp gets
            </Text>
            <Code block role="group" aria-label="Crisp gets" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {gets.text}
            </Code>
          </Stack>
        </Paper>
      </SimpleGrid>
      {mayEdit && (
        <SaveBar
          isDirty={draft.isDirty}
          isSaving={saving.isSaving}
          error={saving.error}
          onReset={() => {
            draft.reset();
            saving.reset();
          }}
          onSave={() =>
            saving.save({ handover: { ...bot.handover, sharing: draft.value } }, (saved) => {
              draft.reset();
              tellSaved(saved);
            })
          }
        />
      )}
    </>
  );
}
