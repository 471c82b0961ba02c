import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@baton/contracts';
import type { BotSettings } from '@baton/contracts';
import type { KnowledgeScope } from '@baton/knowledge';
import { forgetGoneBots } from './forget-gone-bots.js';
import { openSourcesHouse } from './testing/sources-house.js';
import type { SourcesHouse } from './testing/sources-house.js';

const HOURS = 'We open at nine in the morning.';
const FIRST_DAY = Date.parse('2026-03-01T10:00:00Z');

let house: SourcesHouse;
beforeAll(async () => {
  house = await openSourcesHouse();
}, 60_000);
afterAll(() => house.close());

let bot: KnowledgeScope;
let isFresh: boolean;
let isDoubtful: boolean;
let told: object[];
beforeEach(async () => {
  [bot, isFresh, isDoubtful, told] = [{ workspaceId: 'acme', botId: `bot-${newId()}` }, true, false, []];
  house.known.push(bot);
  await house.add(bot, { kind: 'text', title: 'Hours', text: HOURS });
  await house.replica().runDue();
  remove();
});

const remove = (): void => void house.known.splice(house.known.indexOf(bot), 1);
const knows = (): Promise<string[]> => house.search(bot, 'When do you open?');

/** A look on each of these days, several where one is given twice. */
async function looks(from: number, to: number): Promise<void> {
  const settings = { bots: () => house.known as BotSettings[], isFresh: () => isFresh, isDoubtful: () => isDoubtful };
  const log = { info: (ids: object) => void told.push(ids) };
  for (let day = from; day <= to; day += 1)
    for (const hour of [0, 1])
      await forgetGoneBots(
        { dataSource: house.dataSource, settings, manage: house.manage, log },
        new Date(FIRST_DAY + day * 86_400_000 + hour * 3_600_000),
      );
}

describe('what a removed bot knew', () => {
  it('is taken away when it was missed on more than thirty days, and the log tells which', async () => {
    const [source] = await house.sources.list(bot);
    await looks(1, 30);
    expect(await knows()).toEqual([HOURS]);
    await looks(31, 31);
    expect([await knows(), await house.sources.list(bot)]).toEqual([[], []]);
    expect(told).toEqual([{ sourceId: source!.id, ...bot }]);
  });

  it.each<[string, () => void]>([
    ['settings are stale', () => (isFresh = false)],
    ['its setting cannot be read', () => (isDoubtful = true)],
  ])('stays while %s, however long', async (_, happens) => {
    await looks(1, 30);
    happens();
    await looks(31, 60);
    expect(await knows()).toEqual([HOURS]);
  });

  it('stays while nobody looks: a service that was away for months begins where it stood', async () => {
    await looks(1, 2);
    await looks(200, 227);
    expect(await knows()).toEqual([HOURS]);
    await looks(228, 228);
    expect(await knows()).toEqual([]);
  });

  it('stays when the bot comes back, and its days begin anew', async () => {
    await looks(1, 29);
    house.known.push(bot);
    await looks(30, 60);
    remove();
    await looks(61, 90);
    expect(await knows()).toEqual([HOURS]);
  });
});
