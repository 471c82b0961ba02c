import { NumberInput, Radio, SimpleGrid, Stack, Switch, Textarea } from '@mantine/core';
import type { BotForm } from '../form/use-bot-form.js';
import { bind } from '../form/bind.js';
import { Section } from '../../kit/section.js';

/** Whether conversations are handed over, and what the agent sees first. */
export function HandingOverSection({ form }: { readonly form: BotForm }) {
  const { flag, text, choice, number } = bind(form);
  const isOn = form.draft.handover?.enabled ?? true;
  return (
    <Section
      title="Handing over"
      about="When the bot, the visitor or a rule asks for a human, the conversation goes into your Crisp inbox."
      aside={<Switch label="Humans may be asked for" labelPosition="left" {...flag('/handover/enabled')} />}
    >
      {isOn && (
        <>
          <Textarea
            label="First line in the inbox"
            description="The agent reads it as the visitor’s first message. {link} becomes the signed link to the whole conversation."
            autosize
            minRows={2}
            {...text('/handover/firstMessage')}
          />
          <Switch
            label="Brief the agent"
            description="A private note at the beginning: why, what the bot tried, since when the visitor waits."
            {...flag('/handover/briefing')}
          />
          <Switch
            label="Tell Crisp who is typing and what was read"
            description="It costs calls of the token’s day, and is the first to be left out when they run short."
            {...flag('/handover/signs')}
          />
          <Radio.Group label="In Crisp each handover" {...choice('/handover/session')} onChange={(to) => form.set('/handover/session', to)}>
            <Stack gap="xs" mt="xs">
              <Radio value="new" label="opens a new conversation" disabled={!form.mayEdit} />
              <Radio value="reuse" label="goes on in the visitor’s last one" disabled={!form.mayEdit} />
            </Stack>
          </Radio.Group>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <NumberInput
              label="The link to the conversation works for"
              min={1}
              max={365}
              suffix=" days"
              {...number('/handover/historyLinkDays')}
            />
          </SimpleGrid>
        </>
      )}
    </Section>
  );
}
