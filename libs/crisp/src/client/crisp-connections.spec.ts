import { describe, expect, it } from '@jest/globals';
import { BotSettingsSchema } from '@baton/contracts';
import type { BotSettings } from '@baton/contracts';
import { CrispConnections } from './crisp-connections.js';

const WEBSITE = '11111111-2222-4333-8444-555555555555';
const sealed = (name: string) => `sealed:v1:crisp:aXY.${name}.dGFn`;
const aBot = (botId: string, key: string, more: object = {}): BotSettings =>
  BotSettingsSchema.parse({
    botId,
    workspaceId: 'acme',
    name: botId,
    crisp: { websiteId: WEBSITE, tokenId: 'token', tokenKey: sealed(key), ...more },
  });

function connectionsOf(...first: BotSettings[]) {
  let bots = first;
  let opened = 0;
  const connections = new CrispConnections({
    bot: (botId) => bots.find((bot) => bot.botId === botId),
    bots: () => bots,
    botsOfWebsite: (websiteId) => bots.filter(({ crisp }) => crisp?.websiteId === websiteId),
    open: () => {
      opened += 1;
      return 'the-key';
    },
  });
  return { connections, opened: () => opened, become: (...next: BotSettings[]) => void (bots = next) };
}

describe('the connections to Crisp', () => {
  it('have one client for each token, whoever asks for it', () => {
    const { connections, opened } = connectionsOf(aBot('one', 'a'), aBot('two', 'a'));
    expect(connections.of(WEBSITE, 'one')?.client).toBe(connections.of(WEBSITE, 'two')?.client);
    expect(opened()).toBe(1);
  });

  it('let go of a client with its key when nobody has the connection any more', () => {
    const { connections, opened, become } = connectionsOf(aBot('one', 'a'));
    const before = connections.of(WEBSITE)?.client;
    become();
    expect(connections.of(WEBSITE)).toBeNull();
    become(aBot('one', 'a'));
    expect(connections.of(WEBSITE)?.client).not.toBe(before);
    expect(opened()).toBe(2);
  });

  it('know what each token may do in a day, where somebody said so', () => {
    const { connections } = connectionsOf(
      aBot('one', 'a', { callsPerDay: 500 }),
      aBot('two', 'a', { callsPerDay: 5_000 }),
      aBot('three', 'b', { tokenId: 'other' }),
    );
    expect([...connections.callsPerDay()]).toEqual([['token', 5_000]]);
  });

  it('let go of the client of a key that was replaced', () => {
    const { connections, opened, become } = connectionsOf(aBot('one', 'a'));
    connections.of(WEBSITE);
    become(aBot('one', 'b'));
    connections.of(WEBSITE);
    become(aBot('one', 'a'));
    connections.of(WEBSITE);
    expect(opened()).toBe(3);
  });
});
