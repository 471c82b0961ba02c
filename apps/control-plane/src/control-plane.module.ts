import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { HealthModule } from '@baton/telemetry';
import type { Health } from '@baton/telemetry';
import { CheckCall } from './api/check-call.js';
import { GiveAnswers } from './api/give-answers.js';
import { OpenApiController } from './api/openapi.controller.js';
import { TellProblems } from './api/tell-problems.js';
import { AsCodeController } from './as-code/as-code.controller.js';
import { AuditController } from './audit/audit.controller.js';
import { DocumentsController } from './documents/documents.controller.js';
import { VERSIONS_CONTROLLERS } from './documents/versions.controller.js';
import { SECTION_CONTROLLERS } from './sections/sections.controller.js';
import { BotKeysController } from './bot-keys/bot-keys.controller.js';
import { BotsController } from './bots/bots.controller.js';
import { AddressesController } from './connect/addresses.controller.js';
import { ConnectController } from './connect/connect.controller.js';
import { ModelController } from './connect/model.controller.js';
import { ConversationsController } from './conversations/conversations.controller.js';
import { ConsoleController } from './console-files/console.controller.js';
import { KnowledgeController } from './knowledge/knowledge.controller.js';
import { PlaygroundController } from './playground/playground.controller.js';
import { UsageController } from './usage/usage.controller.js';
import { KillSwitchesController } from './kill-switch/kill-switches.controller.js';
import { AlarmsController } from './alarms/alarms.controller.js';
import { OperationsController } from './operations/operations.controller.js';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { MembersController } from './members/members.controller.js';
import { AccountController } from './sign-in/account.controller.js';
import { OidcController } from './sign-in/oidc/oidc.controller.js';
import { PrivacyController } from './privacy/privacy.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { WorkspacesController } from './workspaces/workspaces.controller.js';

/** Every controller that serves operations; a test looks whether each operation has one. */
export const CONTROLLERS = [
  SignInController,
  AccountController,
  MembersController,
  ApiKeysController,
  WorkspacesController,
  BotsController,
  AuditController,
  DeadLettersController,
  AlarmsController,
  OperationsController,
  ConnectController,
  BotKeysController,
  ModelController,
  AddressesController,
  KillSwitchesController,
  PrivacyController,
  KnowledgeController,
  PlaygroundController,
  UsageController,
  ConversationsController,
  AsCodeController,
  DocumentsController,
  ...SECTION_CONTROLLERS,
  ...VERSIONS_CONTROLLERS,
];

@Module({})
export class ControlPlaneModule {
  /** @param parts what the controllers and the guard are given */
  static with(health: Health, parts: readonly Provider[]): DynamicModule {
    return {
      module: ControlPlaneModule,
      imports: [HealthModule.with(health)],
      controllers: [...CONTROLLERS, OpenApiController, OidcController, ConsoleController],
      providers: [
        ...parts,
        { provide: APP_GUARD, useClass: CheckCall },
        { provide: APP_INTERCEPTOR, useClass: GiveAnswers },
        { provide: APP_FILTER, useClass: TellProblems },
      ],
    };
  }
}
