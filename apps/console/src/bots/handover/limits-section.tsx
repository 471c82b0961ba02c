import { NumberInput, SimpleGrid } from '@mantine/core';
import type { BotForm } from '../form/use-bot-form.js';
import { bind } from '../form/bind.js';
import { DurationInput } from '../form/duration-input.js';
import { Section } from '../../kit/section.js';

/** How much may happen before somebody looks. */
export function LimitsSection({ form }: { readonly form: BotForm }) {
  const { number } = bind(form);
  return (
    <Section title="Limits" about="Two machines, or an error and a handover, may not turn in a circle.">
      <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
        <NumberInput label="Handovers an hour in one conversation" min={1} max={100} {...number('/handover/budget/handoversPerHour')} />
        <NumberInput
          label="Lines of the bot in a row"
          description="Without a word of the visitor in between."
          min={1}
          max={200}
          {...number('/handover/budget/botLinesInARow')}
        />
        <NumberInput
          label="Turns a minute"
          description="What the visitor says beyond them becomes one turn."
          min={1}
          max={100}
          {...number('/handover/budget/turnsPerMinute')}
        />
        <DurationInput
          unit="minutes"
          label="The bot may mute itself for"
          description="Then it answers again, so that nobody is left with a dead chat."
          {...number('/handover/botMuteSeconds', { unit: 60 })}
        />
        <DurationInput
          unit="hours"
          label="Silent after somebody answered elsewhere for"
          description="In Messenger’s own inbox, past Baton."
          {...number('/handover/elsewhereMuteSeconds', { unit: 3_600 })}
        />
      </SimpleGrid>
    </Section>
  );
}
