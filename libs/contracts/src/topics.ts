import { botEvents } from './bot-events/bot-events.js';
import { botTurns } from './bot-turns/bot-turns.js';
import { crispWebhooks } from './crisp-webhooks/crisp-webhooks.js';
import { deliveries } from './deliveries/deliveries.js';
import { deliveryReceipts } from './delivery-receipts/delivery-receipts.js';
import { handovers } from './handovers/handovers.js';
import { messengerWebhooks } from './messenger-webhooks/messenger-webhooks.js';
import { settings } from './settings/settings.js';
import type { TopicDefinition } from './topic.js';
import { usage } from './usage/usage.js';
import { visitorMessages } from './visitor-messages/visitor-messages.js';

/** Every topic that carries events (the dead letters carry what is none). */
export const TOPICS: readonly TopicDefinition[] = [
  crispWebhooks,
  messengerWebhooks,
  visitorMessages,
  botTurns,
  botEvents,
  deliveries,
  deliveryReceipts,
  handovers,
  settings,
  usage,
] as readonly TopicDefinition[];
