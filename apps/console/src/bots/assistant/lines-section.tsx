import { Textarea } from '@mantine/core';
import type { BotForm } from '../form/use-bot-form.js';
import { bind } from '../form/bind.js';
import { Section } from '../../kit/section.js';

const LINES = [
  ['automated', 'It is automatic', 'Before its first answer, and when it speaks again after a human.', 'I am an automatic assistant.'],
  ['unknown', 'It does not know', 'When nothing in the knowledge answers the question.', 'I do not know that.'],
  ['toHuman', 'It asks for a human', 'When it hands over.', 'I am asking someone from our team.'],
  ['trouble', 'Something failed', 'When something on our side broke.', 'Something went wrong on our side. Please try again.'],
  ['quotaEnd', 'The plan’s answers are used up', 'Only where “Say so” is chosen above.', 'I cannot answer any more today.'],
] as const;

/** The assistant's own lines. */
export function LinesSection({ form }: { readonly form: BotForm }) {
  const { text } = bind(form);
  return (
    <Section
      title="Its own lines"
      about="Left empty, each is said in the visitor’s language, in ten languages. What you write here is said to everybody as it is."
    >
      {LINES.map(([name, label, description, placeholder]) => (
        <Textarea
          key={name}
          label={label}
          description={description}
          placeholder={placeholder}
          autosize
          minRows={1}
          {...text(`/assistant/texts/${name}`, { optional: true })}
        />
      ))}
    </Section>
  );
}
