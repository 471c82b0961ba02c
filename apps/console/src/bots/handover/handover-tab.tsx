import { BotFormFrame } from '../form/bot-form-frame.js';
import { useBotForm } from '../form/use-bot-form.js';
import { CategoriesSection } from './categories-section.js';
import { AfterSection } from './after-section.js';
import { HandingOverSection } from './handing-over-section.js';
import { LimitsSection } from './limits-section.js';
import { PromisesSection } from './promises-section.js';
import { RulesSection } from './rules-section.js';
import { WaitingSection } from './waiting-section.js';

/** How a conversation goes from the bot to a human and back. */
export default function HandoverTab() {
  const form = useBotForm('handover');
  return (
    <BotFormFrame form={form}>
      <HandingOverSection form={form} />
      <RulesSection form={form} />
      <CategoriesSection form={form} />
      <WaitingSection form={form} />
      <PromisesSection form={form} />
      <AfterSection form={form} />
      <LimitsSection form={form} />
    </BotFormFrame>
  );
}
