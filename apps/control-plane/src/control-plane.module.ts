import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { HealthModule } from '@baton/telemetry';
import type { Health } from '@baton/telemetry';

@Module({})
export class ControlPlaneModule {
  static with(health: Health): DynamicModule {
    return { module: ControlPlaneModule, imports: [HealthModule.with(health)] };
  }
}
