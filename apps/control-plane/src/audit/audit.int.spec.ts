import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiProblem, listAudit, listInstallationAudit } from '@baton/control-api';
import type { Author } from '@baton/control-api';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';
import { Audit } from './audit.js';

const ANNA: Author = { kind: 'person', id: 'p-1', name: 'Anna' };
const FILE: Author = { kind: 'settings-file', name: 'the settings file' };
const second = (n: number) => new Date(Date.UTC(2026, 0, 5, 10, 0, n));

describe('the audit log', () => {
  let stage: Stage;
  let audit: Audit;
  beforeAll(async () => {
    stage = await startStage();
    audit = new Audit(stage.database);
    const demo = { kind: 'bot', id: 'demo', name: 'Demo' };
    await audit.note({ workspaceId: 'acme', by: ANNA, action: 'bot.created', target: demo, at: second(1) });
    await audit.note({ workspaceId: 'acme', by: FILE, action: 'bot.changed', target: demo, details: { more: undefined }, at: second(2) });
    await audit.note({ workspaceId: 'acme', by: ANNA, action: 'member.invited', target: { kind: 'member', id: 'p-2' }, at: second(2) });
    await audit.note({ workspaceId: 'other', by: ANNA, action: 'bot.created', target: demo, address: '192.0.2.7', at: second(3) });
    await audit.note({
      workspaceId: '',
      by: ANNA,
      action: 'crisp-plugin.created',
      target: { kind: 'crisp-plugin', id: 'x' },
      at: second(4),
    });
  });
  afterAll(() => stage.close());

  const of = async (query: object) => {
    const { items } = await stage.client().call(listAudit, { params: { workspaceId: 'acme' }, query });
    return items.map(({ action }) => action);
  };

  it.each([
    ['everything of its workspace, newest first', {}, ['member.invited', 'bot.changed', 'bot.created']],
    ['what was done to one target', { target: 'bot:demo' }, ['bot.changed', 'bot.created']],
    ['what was done to a kind of target', { target: 'member' }, ['member.invited']],
    ['what one person did', { author: 'p-1' }, ['member.invited', 'bot.created']],
    ['what a kind of author did', { author: 'settings-file' }, ['bot.changed']],
    ['one action', { action: 'bot.changed' }, ['bot.changed']],
    ['all actions on bots', { action: 'bot' }, ['bot.changed', 'bot.created']],
    ['a stretch of time', { from: second(1).toISOString(), until: second(2).toISOString() }, ['bot.created']],
    ['nothing of what never was', { target: 'bot:nobody' }, []],
  ])('shows %s', async (_, query, expected) => {
    expect((await of(query)).sort()).toEqual([...expected].sort());
  });

  it('comes page by page, without a gap where two were at the same moment', async () => {
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await stage.client().call(listAudit, { params: { workspaceId: 'acme' }, query: { limit: 1, before } });
      seen.push(...page.items.map(({ action }) => action));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(seen.sort()).toEqual(['bot.changed', 'bot.created', 'member.invited']);
  });

  it('shows the whole installation to its administrators', async () => {
    const { items } = await stage.client().call(listInstallationAudit);
    expect(items.map(({ workspaceId, address }) => [workspaceId, address]).slice(0, 2)).toEqual([
      [null, null],
      ['other', '192.0.2.7'],
    ]);
  });

  it('refuses a place that is none', async () => {
    await expect(stage.client().call(listAudit, { params: { workspaceId: 'acme' }, query: { before: 'x' } })).rejects.toThrow(ApiProblem);
  });

  it('keeps no secret, not even sealed', async () => {
    const details = { token: 'sealed:v1:crisp:aXY.Y2lwaGVy.dGFn' };
    await audit.note({ workspaceId: 'third', by: ANNA, action: 'bot.changed', target: { kind: 'bot', id: 'x' }, details });
    expect(JSON.stringify(await stage.database.query('SELECT * FROM audit'))).not.toContain('sealed:');
  });

  it('forgets what is older than it is kept', async () => {
    expect(await audit.forget(second(2))).toBe(1);
    expect(await of({ action: 'bot.created' })).toEqual([]);
  });
});
