import { check } from '../stage.js';
import type { Cast } from './cast.js';
import { MINUTE } from './waiting-bots.js';

interface Promises {
  readonly promises: readonly { readonly kind: string; readonly conversation_id: string; readonly state: string }[];
}

/** What was promised is kept, taken back in words, or apologised for. */
export async function ledger(care: Cast, strict: Cast): Promise<void> {
  const { stage, clock, of } = care;
  const { crisp } = stage;
  const of_ = (conversation: string, state?: string): string =>
    `/v1/promises?conversation_id=${conversation}${state ? `&state=${state}` : ''}`;

  await stage.step('the promise of an answer is open while he waits, and kept by the first word', async () => {
    const { visitor, inbox } = await care.waiting();
    await care.becomes<Promises>(
      of_(visitor.conversationId, 'open'),
      ({ promises }) => promises.some(({ kind }) => kind === 'answer'),
      'an open promise',
    );
    await crisp.write(inbox.session_id, 'Here I am', of.agent);
    await care.becomes<Promises>(
      of_(visitor.conversationId, 'kept'),
      ({ promises }) => promises.some(({ kind }) => kind === 'answer'),
      'a kept promise',
    );
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
    const { promises } = await care.get<Promises>(of_(visitor.conversationId, 'open'));
    check(promises.length === 0, `${promises.length} promises stay open`);
  });

  await stage.step('what the bot promises by itself is followed up, and apologised for over a restart', async () => {
    const { visitor } = await care.visitor();
    await care.bot.says(visitor.conversationId, { messages: [{ text: 'Someone from our team will call you within the hour.' }] });
    await care.becomes<Promises>(
      of_(visitor.conversationId, 'open'),
      ({ promises }) => promises.some(({ kind }) => kind === 'bot'),
      'a row',
    );
    await clock.pass(10 * MINUTE);
    await care.levers.kill('orchestrator');
    await care.levers.kill('orchestrator-2');
    // Half a minute past its time: later than a minute it would count as broken.
    await clock.forward(5.5 * MINUTE);
    await visitor.sees((one) => /did not happen/.test(one.text), 'an apology');
    await care.becomes<Promises>(of_(visitor.conversationId, 'apologised'), ({ promises }) => promises.length === 1, 'how it ended');
  });

  await stage.step('a bot that may promise nothing is not heard promising, and is told', async () => {
    const { visitor } = await strict.visitor();
    await strict.bot.says(visitor.conversationId, {
      messages: [{ text: 'Someone will call you back today.' }, { text: 'Anything else?' }],
    });
    await visitor.sees((one) => one.text === 'Anything else?', 'what was no promise');
    check(!visitor.messages().some(({ text }) => /call you back/.test(text)), 'he was promised something');
    await visitor.sees((one) => /cannot promise/.test(one.text), 'what is said instead');
  });

  await stage.step('no promise of any step was broken', async () => {
    for (const cast of [care, strict]) {
      const { promises } = await cast.get<Promises>('/v1/promises?state=broken');
      check(promises.length === 0, `${promises.length} of ${cast.of.botId} were broken`);
    }
  });
}
