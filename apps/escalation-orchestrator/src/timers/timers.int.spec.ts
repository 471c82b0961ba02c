import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { Stage } from '../testing/stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build({ timers: { noFirstAnswerSeconds: 8 }, waiting: { place: true, keepAliveSeconds: 1 } });
  await stage.replica();
}, 90_000);
afterAll(() => stage.close(), 30_000);

describe('a visitor who waits', () => {
  it('is given back when nobody answers in time; the agents were warned, and are told', async () => {
    const visitor = stage.visitor('forgotten');
    const session = await visitor.getsToAgents();
    expect((await visitor.hears('handover.timed-out')).data).toMatchObject({ timeout: 'no-first-answer' });
    await visitor.isShown('Sorry, nobody could answer in time. You are back with the assistant.');
    await visitor.hears('bot.unmuted');
    const notes = await eventually(async () => {
      const { messages } = await visitor.inCrisp(session);
      const found = messages.map(({ content }) => content).filter((content) => String(content).includes('given back'));
      return found.length >= 2 ? found : null;
    });
    expect(notes[0]).toMatch(/still waiting for an answer\. In [12] seconds? he will be given back to the bot/);
    expect(notes[1]).toContain('given back to the bot');
  }, 30_000);

  it('is not given back when the agent had answered and only the web hook was lost', async () => {
    const visitor = stage.visitor('answered');
    const session = await visitor.getsToAgents();
    stage.dropsHooks = true;
    await visitor.agentSays(session, 'Here I am');
    await visitor.isShown('Here I am');
    stage.dropsHooks = false;
    expect(visitor.told('handover.timed-out')).toEqual([]);
    expect(await visitor.floor()).toBe('agent');
  }, 30_000);

  it('is told who waits before him, and leaves by a word that nobody is given as a question', async () => {
    const [first, second] = [stage.visitor('first'), stage.visitor('second')];
    await first.getsToAgents();
    const session = await second.getsToAgents();
    await second.isShown('Our team has your conversation. Someone will answer you here. People waiting before you: 1.');
    await second.says('Never mind!');
    expect((await second.hears('handover.cancelled')).data).toMatchObject({ cancelled_by: 'visitor' });
    const { messages } = await eventually(async () => {
      const transcript = await second.inCrisp(session);
      return transcript.messages.some(({ type, content }) => type === 'note' && content.includes('wait any longer')) ? transcript : null;
    });
    expect(messages.map(({ content }) => content)).not.toContain('Never mind!');
    await first.says('Never mind');
    await first.hears('handover.cancelled');
  }, 30_000);

  it('gets the bot back when he wants, and the agents know', async () => {
    const visitor = stage.visitor('impatient');
    const session = await visitor.getsToAgents();
    await visitor.says('Back to the assistant', 'baton:back-to-bot');
    expect((await visitor.hears('handover.cancelled')).data).toMatchObject({ cancelled_by: 'visitor' });
    await eventually(async () => (await visitor.inCrisp(session)).state === 'resolved', { what: 'the session being resolved' });
    expect(await visitor.floor()).toBe('bot');
  }, 30_000);
});
