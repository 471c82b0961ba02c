import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OPERATIONS, ROLES, SCOPES } from '@baton/control-api';
import type { Access, Operation } from '@baton/control-api';
import { CONTROLLERS } from '../control-plane.module.js';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';
import { attempt, namesOf } from '../testing/tenancy/attempt.js';
import type { Outcome } from '../testing/tenancy/attempt.js';
import { noteInnerCalls } from '../testing/tenancy/inner-doors.js';
import { rowsOf } from '../testing/tenancy/rows-of.js';
import { makeTeam } from '../testing/tenancy/team.js';
import type { As, Team } from '../testing/tenancy/team.js';
import { OPERATION } from './serves.js';

type InWorkspace = Operation & { readonly access: Extract<Access, { to: 'workspace' }> };
const to = (kind: Access['to']) => OPERATIONS.filter(({ access }) => access.to === kind).map((one) => [one.id, one] as const);
const IN_WORKSPACE = to('workspace') as (readonly [string, InWorkspace])[];
const WITH_MORE_IDS = IN_WORKSPACE.filter(([, operation]) => namesOf(operation).some((name) => name !== 'workspaceId'));
/** Tables that Baton writes by itself, as time goes by. */
const WRITTEN_BY_ITSELF = ['looks'];
const codeOf = ({ text }: Outcome): unknown => (JSON.parse(text) as { code?: unknown }).code;

/** Every operation there is, tried by everybody who may not. What is added to the API is in it by itself. */
describe('who may not', () => {
  let stage: Stage;
  let inner: Awaited<ReturnType<typeof noteInnerCalls>>;
  /** Whose things are tried for. */
  let quokka: Team;
  /** Who tries. */
  let zebu: Team;
  let zebuKey: As;
  let before: Record<string, string>;
  const quokkaKeys = new Map<string, As>();

  beforeAll(async () => {
    const passKey = randomBytes(32).toString('base64');
    inner = await noteInnerCalls(passKey);
    const urls = { ORCHESTRATOR_URL: inner.url, DISPATCHER_URL: inner.url, AI_URL: inner.url };
    stage = await startStage({ env: { ...urls, PASS_KEY: passKey, API_REQUESTS_PER_SECOND: '100000' } });
    quokka = await makeTeam(stage, 'Quokka');
    zebu = await makeTeam(stage, 'Zebu');
    zebuKey = await zebu.key('owner');
    for (const role of ROLES) quokkaKeys.set(role, await quokka.key(role));
    for (const scope of SCOPES)
      quokkaKeys.set(
        `all but ${scope}`,
        await quokka.key(
          'owner',
          SCOPES.filter((one) => one !== scope),
        ),
      );
    const [known] = OPERATIONS.filter(({ id }) => id === 'listBots');
    for (const as of [...quokkaKeys.values(), zebuKey]) await attempt(stage.url, known!, { as, ids: zebu.ids });
    before = await rows();
  });
  afterAll(async () => {
    await stage.close();
    await inner.close();
  });

  const rows = async () => {
    const all = await rowsOf(stage.database, ['quokka', ...quokka.personIds]);
    return Object.fromEntries(Object.entries(all).filter(([table]) => !WRITTEN_BY_ITSELF.includes(table)));
  };
  const nothingIsTold = ({ text }: Outcome) => expect(text).not.toMatch(/Quokka|@quokka\.example/);

  it('finds every operation served, and many to try', () => {
    const served = CONTROLLERS.flatMap(({ prototype }: { prototype: object }) =>
      Object.getOwnPropertyNames(prototype).flatMap((name) => {
        const method = (prototype as Record<string, unknown>)[name];
        const operation = typeof method === 'function' ? (Reflect.getMetadata(OPERATION, method) as Operation | undefined) : undefined;
        return operation ? [operation.id] : [];
      }),
    );
    expect(served.sort()).toEqual(OPERATIONS.map(({ id }) => id).sort());
    expect(IN_WORKSPACE.length).toBeGreaterThan(40);
    expect(WITH_MORE_IDS.length).toBeGreaterThan(20);
  });

  describe.each(OPERATIONS.filter(({ access }) => access.to !== 'anyone').map((one) => [one.id, one] as const))('%s', (_, operation) => {
    it('is closed to strangers', async () => {
      expect((await attempt(stage.url, operation, { ids: quokka.ids })).status).toBe(401);
    });
  });

  describe.each(IN_WORKSPACE)('%s', (_, operation) => {
    it('is not there for owners of another workspace, by session and by key', async () => {
      for (const as of [zebu.session('owner'), zebuKey]) {
        const outcome = await attempt(stage.url, operation, { as, ids: quokka.ids });
        expect([outcome.status, codeOf(outcome)]).toEqual([404, 'not-found']);
        nothingIsTold(outcome);
      }
    });

    it('is closed to each role below its own, by session and by key', async () => {
      for (const role of ROLES.slice(0, ROLES.indexOf(operation.access.role)))
        for (const as of [quokka.session(role), quokkaKeys.get(role)!])
          expect((await attempt(stage.url, operation, { as, ids: quokka.ids })).status).toBe(403);
    });

    it('is closed to keys for other parts', async () => {
      const as = quokkaKeys.get(`all but ${operation.access.scope}`)!;
      expect((await attempt(stage.url, operation, { as, ids: quokka.ids })).status).toBe(403);
    });

    it('tells and changes nothing of another workspace from within one’s own', async () => {
      const ids = { ...quokka.ids, workspaceId: zebu.workspaceId };
      const asked = inner.calls.length;
      for (const versions of ['there', 'new', undefined] as const) {
        const outcome = await attempt(stage.url, operation, { as: zebu.session('owner'), ids, ...(versions && { versions }) });
        nothingIsTold(outcome);
        if (namesOf(operation).some((name) => name in ids && name !== 'workspaceId')) expect(outcome.status).toBeGreaterThanOrEqual(400);
        expect(outcome.status).not.toBe(500);
      }
      const errands = inner.calls.slice(asked).filter(({ path, pass }) => path.startsWith('/inner/') && pass?.by !== 'baton');
      expect(errands.filter(({ pass }) => pass?.workspaceId !== zebu.workspaceId)).toEqual([]);
    });
  });

  describe.each(IN_WORKSPACE.filter(([, { method }]) => method !== 'GET'))('%s', (_, operation) => {
    it('needs the session’s token beside its cookie', async () => {
      const outcome = await attempt(stage.url, operation, { as: quokka.bareCookie('owner'), ids: quokka.ids });
      expect([outcome.status, codeOf(outcome)]).toEqual([403, 'wrong-origin']);
    });

    it('is not done for pages of elsewhere', async () => {
      const elsewhere: As[] = [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }];
      for (const from of elsewhere) {
        const outcome = await attempt(stage.url, operation, { as: { ...quokka.session('owner'), ...from }, ids: quokka.ids });
        expect([outcome.status, codeOf(outcome)]).toEqual([403, 'wrong-origin']);
      }
    });
  });

  describe.each(to('installation'))('%s', (_, operation) => {
    it('is closed to owners of workspaces, by session and by key', async () => {
      for (const as of [zebu.session('owner'), zebuKey])
        expect((await attempt(stage.url, operation, { as, ids: quokka.ids })).status).toBe(403);
    });
  });

  describe.each(to('signed-in').filter(([, { method }]) => method === 'GET'))('%s', (_, operation) => {
    it('tells others nothing', async () => {
      for (const as of [zebu.session('owner'), zebuKey]) nothingIsTold(await attempt(stage.url, operation, { as, ids: quokka.ids }));
    });
  });

  it('ends nobody else’s session', async () => {
    for (const [, operation] of to('signed-in').filter(([, one]) => namesOf(one).length > 0))
      expect((await attempt(stage.url, operation, { as: zebu.session('owner'), ids: quokka.ids })).status).toBe(404);
  });

  it('changed nothing by all that', async () => {
    expect(await rows()).toEqual(before);
  });

  it('who may, on the other hand, is not turned away for who he is', async () => {
    const outcomes = [];
    for (const [id, operation] of IN_WORKSPACE.filter(([, { method }]) => method === 'GET'))
      for (const as of [quokka.session(operation.access.role), quokkaKeys.get(operation.access.role)!])
        outcomes.push({ id, status: (await attempt(stage.url, operation, { as, ids: quokka.ids })).status });
    expect(outcomes.filter(({ status }) => status === 401 || status === 403 || status === 400)).toEqual([]);
    expect(outcomes.filter(({ status }) => status === 200).length).toBeGreaterThan(20);
  });
});
