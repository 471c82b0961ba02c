import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { HealthModule } from '@baton/telemetry';
import type { Health } from '@baton/telemetry';
import { OnBotEvents } from './bot/on-bot-events.js';
import { OnCrispWebhooks } from './desk/on-crisp-webhooks.js';
import { TellRefusals } from './doors/tell-refusals.js';
import { EscalationsController } from './escalations-api/escalations.controller.js';
import { HistoryController } from './history/history.controller.js';
import { InnerConversationsController } from './inner/conversations/conversations.controller.js';
import { PrivacyController } from './privacy/privacy.controller.js';
import { PromisesController } from './promises/promises.controller.js';
import { SignalsController } from './signals/signals.controller.js';
import { OutcomesController } from './outcomes/outcomes.controller.js';
import { OnDeliveryReceipts } from './visitor/on-delivery-receipts.js';
import { OnVisitorMessages } from './visitor/on-visitor-messages.js';

/** What of the orchestrator is Nest's: the handlers of topics and the HTTP doors, over parts that were built before. */
@Module({})
export class OrchestratorModule {
  static with(health: Health, parts: Provider[]): DynamicModule {
    return {
      module: OrchestratorModule,
      imports: [HealthModule.with(health)],
      controllers: [
        OnVisitorMessages,
        OnBotEvents,
        OnCrispWebhooks,
        OnDeliveryReceipts,
        EscalationsController,
        HistoryController,
        OutcomesController,
        PromisesController,
        PrivacyController,
        SignalsController,
        InnerConversationsController,
      ],
      providers: [...parts, { provide: APP_FILTER, useClass: TellRefusals }],
    };
  }
}
