import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getBot, putBot } from '@baton/control-api';
import { Health, HealthModule } from '@baton/telemetry';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';
import { secondsUntilHeld } from './seconds-until-held.js';

const CHANGES = 10;
const params = { workspaceId: 'acme', botId: 'demo' };

describe('how long a change takes', () => {
  let stage: Stage;
  let service: NestFastifyApplication;
  beforeAll(async () => {
    stage = await startStage();
    const health = new Health();
    health.holds((settingId) => stage.published.revisionOf(settingId));
    @Module({ imports: [HealthModule.with(health)] })
    class Service {}
    service = await NestFactory.create<NestFastifyApplication>(Service, new FastifyAdapter(), { logger: false });
    await service.listen(0, '127.0.0.1');
    await stage.client().call(putBot, { params, body: { ...params, name: 'Demo' } }, { version: 'new' });
  });
  afterAll(async () => {
    await service.close();
    await stage.close();
  });

  it('is told by the services themselves: which revision of it each one holds', async () => {
    const took: number[] = [];
    for (let i = 0; i < CHANGES; i += 1) {
      const change = async () => {
        const { bot, version } = await stage.client().call(getBot, { params });
        await stage.client().call(putBot, { params, body: { ...bot, name: `Demo ${i}` } }, { version });
      };
      took.push(await secondsUntilHeld({ settingId: 'bot:demo', services: [await service.getUrl()], change, withinSeconds: 30 }));
    }
    const sorted = [...took].sort((a, b) => a - b);
    process.stderr.write(
      `a change was held after ${sorted[CHANGES / 2]!.toFixed(3)} s (median), ${sorted.at(-1)!.toFixed(3)} s (longest)\n`,
    );
    expect(took).toHaveLength(CHANGES);
  });
});
