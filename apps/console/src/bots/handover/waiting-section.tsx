import { SimpleGrid, Switch, TagsInput } from '@mantine/core';
import type { BotForm } from '../form/use-bot-form.js';
import { bind } from '../form/bind.js';
import { DurationInput } from '../form/duration-input.js';
import { Section } from '../../kit/section.js';

/** What the visitor hears while he waits, and when waiting ends. */
export function WaitingSection({ form }: { readonly form: BotForm }) {
  const { flag, number, words } = bind(form);
  return (
    <Section title="While a visitor waits" about="Nobody is left alone with a silent chat. What is said is set under Messages.">
      <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
        <DurationInput
          unit="minutes"
          label="A word of ours every"
          description="Later each time. 0 switches it off."
          {...number('/handover/waiting/keepAliveSeconds', { unit: 60 })}
        />
        <DurationInput
          unit="minutes"
          label="Back to the bot when nobody took it for"
          description="Nobody opened, took or answered it. 0 never."
          {...number('/handover/timers/noAcceptSeconds', { unit: 60 })}
        />
        <DurationInput
          unit="minutes"
          label="Back to the bot when nobody answered for"
          description="The agents are warned by a note before. 0 never."
          {...number('/handover/timers/noFirstAnswerSeconds', { unit: 60 })}
        />
        <DurationInput
          unit="minutes"
          label="Back to the bot when the agent fell silent for"
          description="After the visitor’s last word. 0 never."
          {...number('/handover/timers/silenceSeconds', { unit: 60 })}
        />
      </SimpleGrid>
      <Switch
        label="Tell how long it takes"
        description="Out of how long others waited lately, where that says something; never a made-up number."
        {...flag('/handover/waiting/estimate')}
      />
      <Switch
        label="Tell how many wait before"
        description="Only where your agents take visitors in order."
        {...flag('/handover/waiting/place')}
      />
      <TagsInput
        label="Words that leave the wait"
        description="Said alone, beside those we know in ten languages. Press Enter after each."
        placeholder="forget it"
        splitChars={[',']}
        {...words('/handover/waiting/leaveWords')}
      />
    </Section>
  );
}
