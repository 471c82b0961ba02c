import { Avatar, Group, Select, Stack, TextInput } from '@mantine/core';
import { BotFormFrame } from '../form/bot-form-frame.js';
import { bind } from '../form/bind.js';
import { Section } from '../../kit/section.js';
import { useBotForm } from '../form/use-bot-form.js';
import { languageChoices } from '../list/languages.js';

/** What the bot is called, how it looks and speaks. */
export function BasicsSection() {
  const form = useBotForm('name', 'avatar', 'locale');
  const { text, choice } = bind(form);
  const { name, avatar, locale } = form.draft;
  return (
    <BotFormFrame form={form} barWhenDirty>
      <Section title="Name and language" about="As your visitors see it.">
        <Group align="flex-start" gap="lg">
          <Avatar src={avatar ?? null} name={name} color="initials" size="lg" alt="" aria-hidden />
          <Stack flex={1} miw={220}>
            <TextInput label="Name" {...text('/name')} />
            <TextInput
              label="Picture"
              description="Its web address; may stay empty."
              placeholder="https://cdn.example/bot.png"
              type="url"
              {...text('/avatar', { optional: true })}
            />
            <Select
              label="Language"
              description="In which its own lines are written. Visitors of other languages are answered in theirs."
              searchable
              allowDeselect={false}
              data={languageChoices(locale)}
              {...choice('/locale')}
            />
          </Stack>
        </Group>
      </Section>
    </BotFormFrame>
  );
}
