import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { startSlowModel } from '../testing/slow-model.js';
import type { SlowModel } from '../testing/slow-model.js';
import { BOT_KEY, Stage } from '../testing/stage.js';

const QUESTION = 'How long does shipping take?';

let model: SlowModel;
let stage: Stage;
beforeAll(async () => {
  model = await startSlowModel();
  stage = await Stage.build({ assistant: { model: { baseUrl: model.baseUrl, model: 'slow', timeoutMs: 30_000 } } });
  await stage.replica();
}, 120_000);
afterAll(async () => {
  await stage.close();
  await model.close();
}, 30_000);

function ask(signal?: AbortSignal): Promise<Response> {
  return fetch(`${stage.replicas[0]!.url}/v1/bots/demo/ask`, {
    method: 'POST',
    headers: { authorization: `Bearer ${BOT_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ question: QUESTION }),
    ...(signal && { signal }),
  });
}

describe('a bot that is tried out', () => {
  it('is asked four times at once at most, and in vain by those who went away', async () => {
    const gone = new AbortController();
    const four = Array.from({ length: 4 }, () => ask(gone.signal).catch(() => undefined));
    await eventually(() => model.asked === 4, { what: 'four questions being thought about' });
    const fifth = await ask();
    expect([fifth.status, fifth.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await fifth.json()).toMatchObject({ error: { code: 'too-many-requests' } });
    gone.abort();
    await Promise.all(four);
    await eventually(() => model.abandoned === 4, { what: 'their thinking being given up' });
    model.speak('no answer of the form that was asked for');
    expect((await ask()).status).toBe(200);
    expect(stage.lines.filter((line) => line.includes('nobody foresaw'))).toEqual([]);
  });
});
