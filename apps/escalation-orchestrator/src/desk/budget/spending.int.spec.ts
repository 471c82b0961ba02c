import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CrispConnections } from '@baton/crisp';
import { createLogger, renderMetrics } from '@baton/telemetry';
import { WEBSITE } from '../../floor/conversation.builder.js';
import { aBot, judgeKit } from '../../testing/judge-kit.js';
import type { JudgeKit } from '../../testing/judge-kit.js';
import { Spending } from './spending.js';
import type { Purpose } from './what-may-be-spent.js';

const NOON = Date.parse('2026-01-05T12:00:00.000Z');
const AT = { websiteId: WEBSITE, botId: 'demo' };

let kit: JudgeKit;
beforeAll(async () => {
  kit = await judgeKit();
}, 60_000);
afterAll(() => kit.close());

function replica(
  tokenId: string,
  clock: { now: number },
): { spending: Spending; leftOut: () => Purpose[]; calls: (count: number) => void } {
  const bot = aBot({ crisp: { websiteId: WEBSITE, tokenId, tokenKey: 'sealed:v1:crisp:aXY.Y2lwaGVy.dGFn', callsPerDay: 100 } });
  const connections = new CrispConnections({ bot: () => bot, bots: () => [bot], botsOfWebsite: () => [bot], open: () => 'key' });
  const log = createLogger({ service: 'test', level: 'silent', instance: 'test' });
  const spending = new Spending({ dataSource: kit.dataSource, connections, log, now: () => clock.now });
  return {
    spending,
    leftOut: () => (['words', 'notes', 'typing'] as const).filter((purpose) => spending.whyNot(purpose, AT) !== undefined),
    calls: (count) => Array.from({ length: count }).forEach(() => spending.heard(tokenId, { limited: false })),
  };
}

describe('the calls of a day', () => {
  it('are spent on signs, on notes and on words by all replicas together', async () => {
    const clock = { now: NOON };
    const [one, other] = [replica('shared', clock), replica('shared', clock)];
    one.calls(50);
    other.calls(30);
    expect([one.leftOut(), other.leftOut()]).toEqual([[], []]);
    await one.spending.stop();
    await other.spending.stop();
    expect(other.leftOut()).toEqual(['typing']);
    other.calls(15);
    expect(other.leftOut()).toEqual(['notes', 'typing']);
    clock.now += 86_400_000;
    expect(other.leftOut()).toEqual([]);
  });

  it('are shown with what they will come to', async () => {
    const one = replica('shown', { now: NOON });
    one.spending.start();
    one.calls(40);
    const { text } = await renderMetrics();
    await one.spending.stop();
    expect(text).toMatch(/baton_crisp_quota_used_ratio 0\.4\n/);
    expect(text).toMatch(/baton_crisp_quota_forecast_ratio 0\.8\n/);
  });

  it('are not asked about while Crisp says that it is too much: signs wait by themselves', () => {
    const clock = { now: NOON };
    const { spending, leftOut } = replica('limited', clock);
    spending.heard('limited', { limited: true });
    expect(leftOut()).toEqual(['typing']);
    clock.now += 60_000;
    expect(leftOut()).toEqual([]);
  });
});
