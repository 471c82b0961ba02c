import { describe, expect, it } from '@jest/globals';
import { BotSettingsSchema } from '@baton/contracts';
import { settingIdOf } from '@baton/settings';
import type { PublishPlan, Setting } from '@baton/settings';
import { createLogger } from '@baton/telemetry';
import { KeepPublished } from '../publishing/keep-published.js';
import { WantedSettings } from './wanted-settings.js';

const logger = createLogger({ service: 'test', level: 'silent', instance: 'test' });
const bot = (botId: string): Setting => ({
  type: 'settings.bot',
  bot: BotSettingsSchema.parse({ botId, workspaceId: 'acme', name: botId }),
});

/** A Kafka that takes what it is given, once it is there. */
function aTopic(isThere = true) {
  const taken: string[][] = [];
  let come: () => void = () => undefined;
  const there = isThere ? Promise.resolve() : new Promise<void>((resolve) => (come = resolve));
  const publish = async (wanted: readonly Setting[]): Promise<PublishPlan> => {
    await there;
    taken.push(wanted.map(settingIdOf));
    return { changed: [], removed: [], unchanged: [] };
  };
  return { taken, come: () => come(), keep: new KeepPublished({ start: async () => undefined, publish }, logger) };
}

describe('what is wanted', () => {
  it('is nothing before the connections are known: bots would lose theirs meanwhile', async () => {
    const { taken, keep } = aTopic();
    const wanted = new WantedSettings(keep, true);
    wanted.fileSays([bot('demo')]);
    expect([await wanted.published(50), taken, wanted.isWaitingForConnections]).toEqual([true, [], true]);
    wanted.connectionsAre([]);
    expect([await wanted.published(5_000), taken]).toEqual([true, [['bot:demo']]]);
  });

  it('is the file alone where there is no database', async () => {
    const { taken, keep } = aTopic();
    const wanted = new WantedSettings(keep, false);
    wanted.fileSays([bot('demo')]);
    expect([await wanted.published(5_000), taken]).toEqual([true, [['bot:demo']]]);
    expect([wanted.botOfFile('demo')?.name, wanted.botOfFile('nobody')]).toEqual(['demo', undefined]);
  });

  it('is said to be published only when Kafka took it, and is tried on until then', async () => {
    const { taken, come, keep } = aTopic(false);
    const wanted = new WantedSettings(keep, false);
    wanted.fileSays([bot('demo')]);
    expect(await wanted.published(20)).toBe(false);
    wanted.fileSays([bot('other')]);
    come();
    expect([await wanted.published(5_000), taken.at(-1)]).toEqual([true, ['bot:other']]);
  });
});
