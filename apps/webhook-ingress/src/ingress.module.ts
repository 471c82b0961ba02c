import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { HealthModule } from '@baton/telemetry';
import type { Health } from '@baton/telemetry';
import { RefuseUnknownAddress } from './http/refuse-unknown-address.js';

/** What of the ingress is Nest's: its life, its health and its figures. The web hooks stand beside it (`crisp/crisp-routes.ts`). */
@Module({})
export class IngressModule {
  static with(health: Health): DynamicModule {
    return {
      module: IngressModule,
      imports: [HealthModule.with(health)],
      providers: [{ provide: APP_FILTER, useClass: RefuseUnknownAddress }],
    };
  }
}
