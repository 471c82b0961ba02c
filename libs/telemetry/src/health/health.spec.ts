import 'reflect-metadata';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ANY } from '../metric.js';
import { counter } from '../metrics.js';
import { HealthModule } from './health-module.js';
import { startHealthServer } from './health-server.js';
import { Health } from './health.js';

describe('health', () => {
  it('is well when every check is content', () => {
    const health = new Health();
    health.liveness('consumer', () => undefined);
    expect(health.live()).toEqual({ ok: true, problems: {} });
  });

  it('names each problem in words', () => {
    const health = new Health();
    health.readiness('settings', () => 'the settings topic was not read to its end yet');
    health.readiness('kafka', () => undefined);
    expect(health.ready()).toEqual({ ok: false, problems: { settings: 'the settings topic was not read to its end yet' } });
  });

  it('takes a check that throws for a problem', () => {
    const health = new Health();
    health.liveness('consumer', () => {
      throw new Error('no consumer');
    });
    expect(health.live().problems).toEqual({ consumer: 'the check itself failed: no consumer' });
  });

  it('is not ready any more once it stops, but still alive', () => {
    const health = new Health();
    health.stopping();
    expect(health.ready().ok).toBe(false);
    expect(health.live().ok).toBe(true);
  });
});

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function underNest(health: Health): Promise<string> {
  @Module({ imports: [HealthModule.with(health)] })
  class App {}
  const app = await NestFactory.create<NestFastifyApplication>(App, new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  closers.push(() => app.close());
  return app.getUrl();
}

async function alone(health: Health): Promise<string> {
  const server: Server = await startHealthServer({ health, host: '127.0.0.1', port: 0 });
  closers.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.each([
  ['under Nest', underNest],
  ['on a server of its own', alone],
])('%s', (_, serve) => {
  it('a probe gets 200 when all is well and 503 with the reasons when not', async () => {
    const health = new Health();
    let problem: string | undefined = undefined;
    health.readiness('kafka', () => problem);
    const url = await serve(health);

    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);

    problem = 'no broker answers';
    const unwell = await fetch(`${url}/health/ready`);
    expect(unwell.status).toBe(503);
    expect(await unwell.json()).toEqual({ ok: false, problems: { kafka: 'no broker answers' } });
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });

  it('whoever changed a setting is told which revision of it is held', async () => {
    const health = new Health();
    health.holds((settingId) => (settingId === 'bot:demo' ? { revision: 3, publishedAt: '2026-01-05T10:00:00.000Z' } : undefined));
    const url = await serve(health);
    const held = async (settingId: string) => (await fetch(`${url}/health/settings?settingId=${settingId}`)).json();
    expect(await held('bot:demo')).toEqual({ settingId: 'bot:demo', revision: 3, publishedAt: '2026-01-05T10:00:00.000Z' });
    expect(await held('bot:other')).toEqual({ settingId: 'bot:other', revision: null, publishedAt: null });
    expect(await (await serve(new Health()).then((other) => fetch(`${other}/health/settings`))).json()).toMatchObject({ revision: null });
  });

  it('Prometheus gets what was counted, and the process figures', async () => {
    counter({ kind: 'counter', name: 'baton_test_total', help: 'Only for this test.', labels: { kind: ANY } }).inc({ kind: 'a' });
    const url = await serve(new Health());
    const answer = await fetch(`${url}/metrics`);
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(text).toContain('baton_test_total{kind="a"}');
    expect(text).toContain('process_resident_memory_bytes');
  });
});
