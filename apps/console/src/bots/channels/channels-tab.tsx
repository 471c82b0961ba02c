import { useBotForm } from '../form/use-bot-form.js';
import { BotFormFrame } from '../form/bot-form-frame.js';
import { MessengerSection } from './messenger-section.js';
import { WebchatSection } from './webchat-section.js';

/** Where visitors meet the bot. */
export default function ChannelsTab() {
  const form = useBotForm('webchat', 'messenger');
  return (
    <BotFormFrame form={form}>
      <WebchatSection form={form} />
      <MessengerSection form={form} />
    </BotFormFrame>
  );
}
