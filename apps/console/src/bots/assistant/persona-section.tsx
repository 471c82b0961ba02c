import { Avatar, Group, Stack, Text, TextInput } from '@mantine/core';
import type { BotForm } from '../form/use-bot-form.js';
import { bind } from '../form/bind.js';
import { Section } from '../../kit/section.js';

/** Who speaks in the inbox. */
export function PersonaSection({ form }: { readonly form: BotForm }) {
  const { text } = bind(form);
  const { name, avatar, assistant } = form.draft;
  const persona = assistant?.persona;
  const shown = persona?.name ?? name;
  return (
    <Section title="Who speaks" about="The name and picture that visitors of Crisp’s chat box see. Left empty, they are the bot’s own.">
      <Group align="flex-start" gap="lg">
        <Stack gap={4} align="center" aria-hidden>
          <Avatar src={persona?.avatar ?? avatar ?? null} name={shown} color="initials" size="lg" alt="" />
          <Text size="xs" c="dimmed">
            {shown}
          </Text>
        </Stack>
        <Stack flex={1} miw={220}>
          <TextInput label="Name" placeholder={name} {...text('/assistant/persona/name', { optional: true })} />
          <TextInput
            label="Picture"
            description="Its web address."
            placeholder="https://cdn.example/ada.png"
            type="url"
            {...text('/assistant/persona/avatar', { optional: true })}
          />
        </Stack>
      </Group>
    </Section>
  );
}
