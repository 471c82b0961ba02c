import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Stage } from '../testing/stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build();
  await stage.replica();
}, 120_000);
afterAll(() => stage.close(), 30_000);

describe('a visitor of the inbox', () => {
  it('gets an answer from the knowledge, as an automated line of the persona, and is told that a machine speaks', async () => {
    const visitor = await stage.visitor();
    await visitor.writes('How long does shipping take?');
    const answer = await visitor.isAnswered();
    expect(answer).toMatchObject({ automated: true, user: { nickname: 'Robin' }, origin: 'urn:baton:ai-auto-reply:0' });
    expect(answer.content).toContain('3 to 5 working days');
  });
});
