import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { HealthModule } from '@baton/telemetry';
import type { Health } from '@baton/telemetry';
import { CheckCall } from './api/check-call.js';
import { GiveAnswers } from './api/give-answers.js';
import { OpenApiController } from './api/openapi.controller.js';
import { TellProblems } from './api/tell-problems.js';
import { AuditController } from './audit/audit.controller.js';
import { BotKeysController } from './bot-keys/bot-keys.controller.js';
import { BotsController } from './bots/bots.controller.js';
import { AddressesController } from './connect/addresses.controller.js';
import { ConnectController } from './connect/connect.controller.js';
import { ModelController } from './connect/model.controller.js';
import { ConsoleController } from './console-files/console.controller.js';
import { KillSwitchesController } from './kill-switch/kill-switches.controller.js';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { MembersController } from './members/members.controller.js';
import { AccountController } from './sign-in/account.controller.js';
import { OidcController } from './sign-in/oidc/oidc.controller.js';
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
  ConnectController,
  BotKeysController,
  ModelController,
  AddressesController,
  KillSwitchesController,
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
