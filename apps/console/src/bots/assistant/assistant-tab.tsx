import { BotFormFrame } from '../form/bot-form-frame.js';
import { useBotForm } from '../form/use-bot-form.js';
import { AnswersSection } from './answers-section.js';
import { InboxSection } from './inbox-section.js';
import { LinesSection } from './lines-section.js';
import { ModelSection } from './model-section.js';
import { PersonaSection } from './persona-section.js';

/** The assistant that answers from the bot's knowledge. */
export default function AssistantTab() {
  const form = useBotForm('assistant');
  return (
    <BotFormFrame form={form}>
      <InboxSection form={form} />
      <AnswersSection form={form} />
      <ModelSection form={form} />
      <PersonaSection form={form} />
      <LinesSection form={form} />
    </BotFormFrame>
  );
}
