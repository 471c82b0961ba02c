import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BOT_KEY, Stage } from '../testing/stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build();
  await stage.replica();
}, 90_000);
afterAll(() => stage.close());

const ask = (path: string, key = BOT_KEY) =>
  fetch(`${stage.replicas[0]!.url}/v1/outcomes${path}`, { headers: { authorization: `Bearer ${key}` } });

describe('outcomes over HTTP', () => {
  it('are facts, and rates of them, for the bot whose key is shown', async () => {
    expect(await (await ask('')).json()).toEqual({ outcomes: [], next: null });
    const rates = (await (await ask('/rates?from=2026-01-01&to=2026-02-01&by=day')).json()) as object;
    expect(rates).toMatchObject({
      from: '2026-01-01T00:00:00.000Z',
      by: 'day',
      whole: { rates: { accepted: { count: 0, of: 0, rate: null } } },
    });
  });

  it.each([
    ['?from=2026-02-01&to=2026-01-01', BOT_KEY, 400, 'from'],
    ['/rates?by=moon', BOT_KEY, 400, 'by'],
    ['/rates?what=this', BOT_KEY, 400, 'what'],
    ['', 'another-key-of-nobody', 401, undefined],
  ])('are refused for %s', async (path, key, status, field) => {
    const answer = await ask(path, key);
    const { error } = (await answer.json()) as { error: { field?: string } };
    expect([answer.status, error.field]).toEqual([status, field]);
  });
});
