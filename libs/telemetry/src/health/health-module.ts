import { Controller, Get, Module, Query, Res, type DynamicModule } from '@nestjs/common';
import { renderMetrics } from '../metrics.js';
import { Health, type HealthReport } from './health.js';

/** The part of Fastify's reply that is needed here. */
interface Reply {
  code(status: number): unknown;
  header(name: string, value: string): unknown;
}

@Controller()
class HealthController {
  constructor(private readonly health: Health) {}

  @Get('health/live')
  live(@Res({ passthrough: true }) reply: Reply): HealthReport {
    return answer(reply, this.health.live());
  }

  @Get('health/ready')
  ready(@Res({ passthrough: true }) reply: Reply): HealthReport {
    return answer(reply, this.health.ready());
  }

  @Get('health/settings')
  settings(@Query('settingId') settingId: unknown, @Res({ passthrough: true }) reply: Reply): ReturnType<Health['settingHeld']> {
    reply.header('cache-control', 'no-store');
    return this.health.settingHeld(typeof settingId === 'string' ? settingId : '');
  }

  @Get('metrics')
  async metrics(@Res({ passthrough: true }) reply: Reply): Promise<string> {
    const { contentType, text } = await renderMetrics();
    reply.header('content-type', contentType);
    return text;
  }
}

function answer(reply: Reply, report: HealthReport): HealthReport {
  reply.code(report.ok ? 200 : 503);
  reply.header('cache-control', 'no-store');
  return report;
}

/** Serves `/health/live`, `/health/ready`, `/health/settings` and `/metrics` in a Nest application on Fastify, and provides `Health` everywhere. */
@Module({})
export class HealthModule {
  /** Pass the `Health` that `runService` shares, so that a stop makes the service not ready first. */
  static with(health: Health): DynamicModule {
    return {
      module: HealthModule,
      global: true,
      controllers: [HealthController],
      providers: [{ provide: Health, useValue: health }],
      exports: [Health],
    };
  }
}
