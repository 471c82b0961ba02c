import { NumberInput, Switch, TagsInput, TextInput } from '@mantine/core';
import type { BotForm } from '../form/use-bot-form.js';
import { bind } from '../form/bind.js';
import { Section } from '../../kit/section.js';

/** When a human is asked for without the bot's asking. */
export function RulesSection({ form }: { readonly form: BotForm }) {
  const { flag, text, words, number } = bind(form);
  return (
    <Section title="Rules" about="When a human is asked for though the bot did not ask: a safety net below every bot.">
      <Switch
        label="The visitor asks for a human"
        description="In one of ten languages: “agent”, “ich will mit jemandem sprechen”, …"
        {...flag('/handover/rules/asksForHuman')}
      />
      <Switch label="The visitor is angry" description="Shouting, insults, “this is useless”." {...flag('/handover/rules/frustration')} />
      <NumberInput
        label="The bot had no answer so often in a row"
        description="0 switches this rule off."
        min={0}
        max={20}
        maw={320}
        {...number('/handover/rules/fallbacksInARow')}
      />
      <TagsInput
        label="One of these words or phrases is said"
        description="Press Enter after each."
        placeholder="lawyer"
        splitChars={[',']}
        {...words('/handover/rules/words')}
      />
      <TextInput
        label="Category of such a request"
        description="Who gets it is set below. May stay empty."
        maw={320}
        {...text('/handover/rules/category', { optional: true })}
      />
    </Section>
  );
}
