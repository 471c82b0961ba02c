import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { acknowledgeAlarm, countAlarms, getOperations, listAlarms, listAudit, muteAlarm, putBot, unmuteAlarm } from '@baton/control-api';
import type { Alarm } from '@baton/control-api';
import { InnerDoor } from '@baton/passes';
import { createLogger } from '@baton/telemetry';
import { eventually } from '@baton/testing';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AlarmsStore } from '../alarms/alarms.store.js';
import type { Snapshot } from '../alarms/snapshot.js';
import { playedCrisp, TOKEN, WEBSITE } from '../testing/played-crisp.js';
import type { PlayedCrisp } from '../testing/played-crisp.js';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';
import { LookOut } from './look-out.js';
import { LooksStore } from './looks.store.js';

const params = { workspaceId: 'acme' };

/** An orchestrator as far as the control plane asks it. */
async function playedOrchestrator(key: string) {
  const asked: string[] = [];
  const door = new InnerDoor(key);
  const server: Server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    response.setHeader('content-type', 'application/json');
    if (request.url === '/health/ready') return response.end('{"ok":true,"problems":{}}');
    if (request.url === '/metrics') return response.end('baton_outbox_oldest_age_seconds 0\nbaton_outbox_waiting 0\n');
    const pass = door.open(request.headers.authorization, 'operations');
    if ('status' in pass) return response.writeHead(pass.status).end('{}');
    return response.end(
      JSON.stringify(request.method === 'GET' ? { settingsFreshAt: new Date().toISOString(), promises: { open: 0, overdue: 0 } } : {}),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  };
}

describe('what the control plane sees', () => {
  let stage: Stage;
  let crisp: PlayedCrisp;
  let orchestrator: Awaited<ReturnType<typeof playedOrchestrator>>;

  beforeAll(async () => {
    const key = randomBytes(32).toString('base64');
    crisp = await playedCrisp();
    orchestrator = await playedOrchestrator(key);
    stage = await startStage({
      env: { PASS_KEY: key, ORCHESTRATOR_URL: orchestrator.url, DISPATCHER_URL: 'http://127.0.0.1:9', CRISP_API_URL: crisp.url },
    });
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await orchestrator.close();
    await crisp.close();
  });

  const connect = async (tokenKey: string, version: number | 'new') =>
    stage.client().call(
      putBot,
      {
        params: { ...params, botId: 'demo' },
        body: {
          ...{ botId: 'demo', workspaceId: 'acme', name: 'Demo' },
          crisp: { websiteId: WEBSITE, tier: 'plugin', apiUrl: crisp.url, tokenId: TOKEN.tokenId, tokenKey, hookSecrets: [] },
        },
      },
      { version },
    );
  const open = async (): Promise<Alarm[]> => (await stage.client().call(listAlarms, { params })).items;
  const alarm = (code: string) =>
    eventually(async () => (await open()).find((one) => one.code === code), {
      what: `the alarm ${code}`,
      within: 60_000,
    }) as Promise<Alarm>;

  it('a wrong token is an alarm at once, one that is set right ends it; the call is counted', async () => {
    const { version } = await connect('a-key-that-is-wrong-1234', 'new');
    expect(await alarm('token-refused')).toMatchObject({
      severity: 'critical',
      workspaceId: 'acme',
      about: 'demo',
      title: expect.stringContaining('demo'),
      todo: expect.any(String),
    });
    expect(orchestrator.asked).toContain('POST /inner/v1/signals/crisp-calls');
    await connect(TOKEN.tokenKey, version);
    await eventually(async () => !(await open()).some(({ code }) => code === 'token-refused'), {
      what: 'the end of the alarm',
      within: 60_000,
    });
    const over = await stage.client().call(listAlarms, { params, query: { state: 'closed' } });
    expect(over.items.map(({ code }) => code)).toContain('token-refused');
  }, 130_000);

  it('a service that does not answer is told to administrators, with how the others are', async () => {
    const shown = await stage.client().call(getOperations, { params });
    const states = new Map(shown.services.map(({ name, state }) => [name, state]));
    expect([states.get('control-plane'), states.get('orchestrator'), states.get('dispatcher'), states.get('ai')]).toEqual([
      'ready',
      'ready',
      'away',
      'unknown',
    ]);
    expect(shown.websites).toMatchObject([{ websiteId: WEBSITE, token: 'taken', bots: [{ botId: 'demo' }] }]);
    expect(shown.installation?.lag).not.toBeNull();
    const away = await alarm('service-away');
    expect(away).toMatchObject({ workspaceId: null, about: 'dispatcher' });
    const seen = await new AlarmsStore(stage.database).list({ workspaceId: 'acme', seesInstallation: false }, { state: 'open', limit: 10 });
    expect(seen.map(({ code }) => code)).not.toContain('service-away');
  }, 90_000);

  it('an alarm can be muted, heard again and looked after, which stands in the audit log; it keeps its beginning over a restart', async () => {
    const { alarmId, since } = await alarm('service-away');
    const of = { params: { ...params, alarmId } };
    const before = await stage.client().call(countAlarms, { params });
    expect(await stage.client().call(muteAlarm, { ...of, body: { minutes: 60 } })).toMatchObject({ mutedUntil: expect.any(String) });
    expect(await stage.client().call(countAlarms, { params })).toMatchObject({ critical: before.critical - 1 });
    expect(await stage.client().call(unmuteAlarm, of)).toMatchObject({ mutedUntil: null });
    const first = await stage.client().call(acknowledgeAlarm, of);
    expect(await stage.client().call(acknowledgeAlarm, of)).toEqual(first);
    const audit = await stage.client().call(listAudit, { params, query: { action: 'alarm' } });
    expect(audit.items.map(({ action }) => action)).toEqual(expect.arrayContaining(['alarm.muted', 'alarm.unmuted', 'alarm.acknowledged']));
    await stage.restart();
    expect((await alarm('service-away')).since).toBe(since);
    const metrics = await (await fetch(`${stage.url}/metrics`)).text();
    expect(metrics).toMatch(/baton_alarm\{code="service-away",severity="critical"\} 1/);
  }, 60_000);

  it('is read for one workspace only, whatever the others have', async () => {
    const looks = new LooksStore(stage.database);
    const seen = (workspaceId: string) => ({ workspaceId, bots: [], signals: {}, deadLettersOpen: 1 });
    const token = (workspaceId: string) => ({
      botId: `${workspaceId}-bot`,
      workspaceId,
      websiteId: WEBSITE,
      state: 'taken',
      at: '',
      since: '',
    });
    const at = new Date(Date.now() + 3_600_000);
    const whole = {
      ...{ at: at.toISOString(), services: [], lag: [], notPublished: null, unownedDeadLetters: 2 },
      tokens: [token('acme'), token('rival')],
      workspaces: [seen('acme'), seen('rival')],
    } as unknown as Snapshot;
    await looks.add(whole);
    expect(await looks.since(at, 'acme')).toEqual([{ ...whole, tokens: [token('acme')], workspaces: [seen('acme')] }]);
    expect(await looks.since(at, 'nobody')).toEqual([{ ...whole, tokens: [], workspaces: [] }]);
  });

  it('is looked at by one of several replicas', async () => {
    await stage.database.query('DELETE FROM looks');
    let looks = 0;
    const quiet: Snapshot = {
      at: new Date().toISOString(),
      services: [],
      lag: [],
      notPublished: null,
      unownedDeadLetters: 0,
      tokens: [],
      workspaces: [],
    };
    const replica = () =>
      new LookOut({
        dataSource: stage.database,
        alarms: new AlarmsStore(stage.database),
        looks: new LooksStore(stage.database),
        collect: async (now) => {
          looks += 1;
          return { ...quiet, at: now.toISOString() };
        },
        onTurn: async () => undefined,
        logger: createLogger({ service: 'test', level: 'fatal', instance: 'test' }),
      });
    await Promise.all([replica(), replica(), replica()].map((one) => one.turn()));
    expect(looks).toBeLessThanOrEqual(1);
  });
});
