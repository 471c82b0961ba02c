import { NumberInput, Radio, SimpleGrid, Stack, Switch } from '@mantine/core';
import type { BotForm } from '../form/use-bot-form.js';
import { bind } from '../form/bind.js';
import { DurationInput } from '../form/duration-input.js';
import { Section } from '../../kit/section.js';

/** What is promised to a visitor, and that it is kept. */
export function PromisesSection({ form }: { readonly form: BotForm }) {
  const { choice, number, flag } = bind(form);
  return (
    <Section title="Promises" about="“Somebody will call you”: what was promised is written down, and kept, cancelled or apologised for.">
      <Radio.Group
        label="What the bot itself promises"
        {...choice('/handover/promises/ofBot')}
        onChange={(to) => form.set('/handover/promises/ofBot', to)}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="record" label="is written down and followed up" disabled={!form.mayEdit} />
          <Radio value="refuse" label="is not shown" description="The visitor reads another line instead." disabled={!form.mayEdit} />
          <Radio value="ignore" label="is not looked at" disabled={!form.mayEdit} />
        </Stack>
      </Radio.Group>
      <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
        <DurationInput
          unit="minutes"
          label="A human must have spoken within"
          description="Else the visitor is told that it did not work out."
          {...number('/handover/promises/keptWithinSeconds', { unit: 60 })}
        />
        <NumberInput
          label="By e-mail it is answered within"
          description="Hours of business, when nobody was there."
          min={0.1}
          max={240}
          decimalScale={1}
          suffix=" hours"
          {...number('/handover/followUp/answerWithinHours')}
        />
      </SimpleGrid>
      <Switch
        label="Offer an answer by e-mail"
        description="When nobody is there. The question waits for your agents in Crisp."
        {...flag('/handover/followUp/enabled')}
      />
    </Section>
  );
}
