import { Fieldset, SimpleGrid, Switch, Text, TextInput } from '@mantine/core';
import type { BotForm } from '../form/use-bot-form.js';
import { bind } from '../form/bind.js';
import { DurationInput } from '../form/duration-input.js';
import { Section } from '../../kit/section.js';

/** What happens when the human is done, and the agents' own ways to say so. */
export function AfterSection({ form }: { readonly form: BotForm }) {
  const { flag, number, text } = bind(form);
  return (
    <Section title="Back to the bot" about="When an agent resolves the conversation in Crisp, the bot has it again.">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <DurationInput
          unit="minutes"
          label="May be taken up again for"
          description="By the agent, or by the visitor’s tap."
          {...number('/handover/reopenSeconds', { unit: 60 })}
        />
      </SimpleGrid>
      <Switch label="Ask the visitor how the human was" description="Once, at the end." {...flag('/handover/ratings/human')} />
      <Switch label="Ask the visitor how the bot was" description="Once, when he fell silent." {...flag('/handover/ratings/bot')} />
      {form.draft.handover?.ratings?.bot === true && (
        <DurationInput
          unit="minutes"
          maw={320}
          label="The bot’s stretch is over after silence of"
          {...number('/handover/ratings/botSilenceSeconds', { unit: 60 })}
        />
      )}
      <Fieldset legend={<Legend>Where the bot’s flow goes on</Legend>} variant="unstyled">
        <Text size="sm" c="dimmed" mb="xs">
          Names of blocks that your bot’s program knows; may stay empty.
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <TextInput label="After a human helped" {...text('/handover/continueWith/resolved', { optional: true })} />
          <TextInput label="After nobody came" {...text('/handover/continueWith/timedOut', { optional: true })} />
          <TextInput label="After the visitor gave up" {...text('/handover/continueWith/cancelled', { optional: true })} />
        </SimpleGrid>
      </Fieldset>
      <Switch
        label="Commands of agents"
        description="Private notes such as !bot (give it back), !hold 20 (I need 20 minutes) and !why."
        {...flag('/handover/commands')}
      />
      <Fieldset legend={<Legend>The same by segments, for who dislikes commands</Legend>} variant="unstyled">
        <Text size="sm" c="dimmed" mb="xs">
          Set in the inbox, such a segment acts once and is taken off again.
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <TextInput label="Give it back" placeholder="baton-bot" {...text('/handover/commandSegments/bot', { optional: true })} />
          <TextInput label="I need more time" placeholder="baton-hold" {...text('/handover/commandSegments/hold', { optional: true })} />
          <TextInput label="Tell me why" placeholder="baton-why" {...text('/handover/commandSegments/why', { optional: true })} />
        </SimpleGrid>
      </Fieldset>
    </Section>
  );
}

function Legend({ children }: { readonly children: string }) {
  return (
    <Text size="sm" fw={600} component="span">
      {children}
    </Text>
  );
}
