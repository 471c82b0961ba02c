import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getBot, putBot } from '@baton/control-api';
import { eventually } from '@baton/testing';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';

describe('bots over the API', () => {
  let stage: Stage;
  beforeAll(async () => void (stage = await startStage()));
  afterAll(() => stage.close());
  const params = { workspaceId: 'acme', botId: 'demo' };

  it('a new bot is on the topic when its answer comes, and stays after a restart', async () => {
    const client = stage.client();
    const made = await client.call(putBot, { params, body: { ...params, name: 'Demo' } }, { version: 'new' });
    expect(made).toMatchObject({ version: 1, published: true, bot: { name: 'Demo' } });
    await eventually(() => stage.published.bot('demo')?.name === 'Demo', { what: 'the bot on the topic' });
    await stage.restart();
    expect(await client.call(getBot, { params })).toMatchObject({ version: 1, bot: { name: 'Demo' } });
  });
});
