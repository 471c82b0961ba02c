import { setTimeout as pause } from 'node:timers/promises';
import { CONTACT_BY_EMAIL, CONTINUE_WITH_BOT } from '@baton/contracts';
import { DEMO_WEBSITE, MIA, NOOR, OUTLET_WEBSITE } from '../platform/sandbox-crisp.js';
import { check, type Stage } from './stage.js';

/** The orchestrator believes an answer about availability so long. */
const AVAILABILITY_LIVES_MS = 5_000;

/** Nobody is in the inbox: the bot says so, plainly or with quick replies, and stays. */
export async function nobodyThere(stage: Stage): Promise<void> {
  const { crisp } = stage;
  await crisp.availability(DEMO_WEBSITE, 'away');
  await crisp.availability(OUTLET_WEBSITE, 'away');
  try {
    await pause(AVAILABILITY_LIVES_MS + 500);

    await stage.step('nobody there: the message of this bot, as plain text, and the bot stays', async () => {
      const visitor = await stage.visitor('demo');
      await visitor.send('I need a human');
      const told = await visitor.sees((one) => /Nobody from our team is there right now/.test(one.text), 'that nobody is there');
      await visitor.floorIs('bot');
      await visitor.send('When are you open?');
      await visitor.sees((one) => one.author.kind === 'bot' && /Monday/.test(one.text), 'the bot answering', { after: told.seq });
      await stage.screenIsWhole(visitor);
    });

    await stage.step(
      'nobody there: the message of another bot, with quick replies that work and an answer by e-mail beside them',
      async () => {
        const visitor = await stage.visitor('outlet');
        await visitor.send('I need a human');
        const told = await visitor.sees((one) => /outlet team is out/.test(one.text), 'that nobody is there');
        const replies = told.body.type === 'text' ? (told.body.quickReplies ?? []) : [];
        const offered = ['hours', 'order', CONTACT_BY_EMAIL, CONTINUE_WITH_BOT];
        check(replies.map((reply) => reply.payload).join() === offered.join(), `the quick replies are ${JSON.stringify(replies)}`);
        await visitor.floorIs('bot');
        await visitor.send(replies[0]!.title, replies[0]!.payload);
        await visitor.sees((one) => one.author.kind === 'bot' && /Monday/.test(one.text), 'the bot answering the tap', { after: told.seq });
      },
    );
  } finally {
    await crisp.availability(DEMO_WEBSITE, 'online', MIA);
    await crisp.availability(OUTLET_WEBSITE, 'online', NOOR);
  }
  await pause(AVAILABILITY_LIVES_MS + 500);
}
