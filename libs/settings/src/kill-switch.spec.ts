import { describe, expect, it } from '@jest/globals';
import { encodeEvent, newId, settings } from '@baton/contracts';
import type { KillSwitch } from '@baton/contracts';
import { HeldSettings } from './held-settings.js';
import { killSwitchSettingId } from './setting.js';
import { SettingsView } from './settings-view.js';

const NOW = new Date('2026-01-05T10:00:00Z');
const WEBSITE = '11111111-2222-4333-8444-555555555555';
const CONVERSATION = '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10';
const SPEECH = { workspaceId: 'acme', botId: 'demo', websiteId: WEBSITE, conversationId: CONVERSATION, now: NOW };

class View extends SettingsView {
  constructor(held = new HeldSettings({})) {
    super(held);
  }
  with(one: Partial<KillSwitch> & Pick<KillSwitch, 'scope' | 'id'>, version = 1): this {
    const killSwitch = { workspaceId: 'acme', since: NOW.toISOString(), by: 'Ada', reason: 'wrong prices', ...one };
    const settingId = killSwitchSettingId(killSwitch);
    const data = { settingId, revision: 1, publishedAt: NOW.toISOString(), killSwitch };
    const record = encodeEvent(settings, 'settings.kill-switch', data, { id: newId(), source: 'urn:baton:test', time: NOW });
    this.held.apply({ ...record, headers: { ...record.headers, ce_type: `baton.settings.kill-switch.v${version}` } });
    return this;
  }
  without(settingId: string): this {
    this.held.apply({ key: settingId, value: null });
    return this;
  }
}

describe('a kill switch', () => {
  it.each<[string, Pick<KillSwitch, 'scope' | 'id'> & Partial<KillSwitch>, boolean]>([
    ['of the installation', { scope: 'installation', id: 'all', workspaceId: undefined }, true],
    ['of the workspace', { scope: 'workspace', id: 'acme' }, true],
    ['of its website', { scope: 'website', id: WEBSITE }, true],
    ['of the bot', { scope: 'bot', id: 'demo' }, true],
    ['of the conversation', { scope: 'conversation', id: CONVERSATION }, true],
    ['of another bot', { scope: 'bot', id: 'other' }, false],
    ['of another conversation', { scope: 'conversation', id: 'session_1' }, false],
    ['of another workspace that claims the website', { scope: 'website', id: WEBSITE, workspaceId: 'other' }, false],
    ['of another workspace that names the conversation', { scope: 'conversation', id: CONVERSATION, workspaceId: 'other' }, false],
    ['that has ended', { scope: 'bot', id: 'demo', endsAt: NOW.toISOString() }, false],
    ['that ends in a moment', { scope: 'bot', id: 'demo', endsAt: new Date(NOW.getTime() + 1).toISOString() }, true],
  ])('%s', (_, one, stops) => {
    expect(new View().with(one).isStopped(SPEECH)).toBe(stops);
  });

  it('of which only that it is there can be read silences: doubt is no reason to speak', () => {
    expect(new View().with({ scope: 'bot', id: 'demo' }, 7).isStopped(SPEECH)).toBe(true);
  });

  it('is off when it is taken away', () => {
    expect(new View().with({ scope: 'bot', id: 'demo' }).without('kill-switch:bot:acme:demo').isStopped(SPEECH)).toBe(false);
  });

  it('of a website says nothing where the bot has none', () => {
    expect(new View().with({ scope: 'website', id: WEBSITE }).isStopped({ ...SPEECH, websiteId: null })).toBe(false);
  });
});
