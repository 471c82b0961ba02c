import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { HealthModule } from '@baton/telemetry';
import type { Health } from '@baton/telemetry';
import { AdminKey } from './connect/admin-key.js';
import { ConnectController } from './connect/connect.controller.js';
import { ConnectCrisp } from './connect/connect-crisp.js';

@Module({})
export class ControlPlaneModule {
  static with(health: Health, { key, crisp }: { readonly key: AdminKey; readonly crisp: ConnectCrisp }): DynamicModule {
    return {
      module: ControlPlaneModule,
      imports: [HealthModule.with(health)],
      controllers: [ConnectController],
      providers: [
        { provide: AdminKey, useValue: key },
        { provide: ConnectCrisp, useValue: crisp },
      ],
    };
  }
}
