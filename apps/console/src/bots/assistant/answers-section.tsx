import { Group, NumberInput, SegmentedControl, Input, SimpleGrid, Slider, Switch, Text } from '@mantine/core';
import type { BotForm } from '../form/use-bot-form.js';
import { bind } from '../form/bind.js';
import { DurationInput } from '../form/duration-input.js';
import { Section } from '../../kit/section.js';

/** Of a bot whose threshold was never fitted: what a person who moves the slider begins with. */
const CAREFUL = 0.5;

/** When an answer is good enough, and what happens when none is. */
export function AnswersSection({ form }: { readonly form: BotForm }) {
  const { flag, number } = bind(form);
  const answers = form.draft.assistant?.answers;
  const threshold = answers?.threshold;
  return (
    <Section title="Answers" about="It says only what stands in the bot’s knowledge. What is not well enough supported, it does not say.">
      <Switch
        label="Choose yourself how sure it must be"
        description="Else it is fitted to your knowledge by itself, which is best for nearly everybody."
        disabled={!form.mayEdit}
        checked={threshold !== undefined}
        onChange={(event) => form.set('/assistant/answers/threshold', event.currentTarget.checked ? CAREFUL : undefined)}
      />
      {threshold !== undefined && (
        <Group wrap="nowrap">
          <Text size="sm" c="dimmed">
            answers more
          </Text>
          <Slider
            flex={1}
            min={0}
            max={1}
            step={0.01}
            disabled={!form.mayEdit}
            value={threshold}
            onChange={(to) => form.set('/assistant/answers/threshold', to)}
            label={(value) => value.toFixed(2)}
            thumbLabel="Support that an answer needs"
          />
          <Text size="sm" c="dimmed">
            errs less
          </Text>
        </Group>
      )}
      <Input.Wrapper label="When it does not know" labelElement="div">
        <SegmentedControl
          mt={4}
          fullWidth
          aria-label="When it does not know"
          disabled={!form.mayEdit}
          value={answers?.whenUnsupported ?? 'say-so'}
          onChange={(to) => form.set('/assistant/answers/whenUnsupported', to)}
          data={[
            { value: 'say-so', label: 'It says so' },
            { value: 'human', label: 'It asks for a human' },
          ]}
        />
      </Input.Wrapper>
      <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
        <NumberInput
          label="Questions in a row without an answer"
          description="After so many a human is asked for; 0 never."
          min={0}
          max={20}
          {...number('/assistant/answers/humanAfterMisses')}
        />
        <NumberInput
          label="Answers an hour in one conversation"
          description="Beyond it only humans speak there: two machines may not talk for ever."
          min={1}
          max={1_000}
          {...number('/assistant/answersPerConversationHour')}
        />
        <DurationInput
          unit="seconds"
          label="Lets a visitor finish for"
          description="After his last message, before it answers."
          {...number('/assistant/burst/quietMs', { unit: 1_000 })}
        />
        <DurationInput
          unit="seconds"
          label="Answers at the latest after"
          description="Though he goes on writing."
          {...number('/assistant/burst/longestMs', { unit: 1_000 })}
        />
      </SimpleGrid>
      <Switch
        label="Show where an answer comes from"
        description="The visitor sees the titles of the passages."
        disabled={!form.mayEdit}
        checked={(answers?.citations ?? 'shown') === 'shown'}
        onChange={(event) => form.set('/assistant/answers/citations', event.currentTarget.checked ? 'shown' : 'hidden')}
      />
      <Input.Wrapper label="When the plan’s answers are used up" labelElement="div">
        <SegmentedControl
          mt={4}
          fullWidth
          aria-label="When the plan’s answers are used up"
          disabled={!form.mayEdit}
          value={form.draft.assistant?.atQuotaEnd ?? 'human'}
          onChange={(to) => form.set('/assistant/atQuotaEnd', to)}
          data={[
            { value: 'human', label: 'Ask for a human' },
            { value: 'message', label: 'Say so' },
            { value: 'silence', label: 'Silence' },
          ]}
        />
      </Input.Wrapper>
      <Switch
        label="Hide personal data from the model"
        description="Names, numbers and addresses of people are replaced before a model sees them, and put back in its answer."
        {...flag('/assistant/answers/maskPersonalData')}
      />
    </Section>
  );
}
