import { DEMO_WEBSITE, MIA } from '../../platform/sandbox-crisp.js';
import { check, type Stage } from '../stage.js';
import type { Visitor } from '../visitor.js';
import { WORKSPACE } from './cast.js';
import type { Person } from './person.js';

/** A handover is watched as it happens, and says why. */
export async function watching(stage: Stage, owner: Person): Promise<void> {
  const { crisp } = stage;
  let visitor!: Visitor;
  let name!: string;

  await stage.step('console: a conversation appears by itself, is found and opened', async () => {
    await owner.opens(`${WORKSPACE}/conversations`);
    name = stage.aName();
    visitor = await stage.visitor('demo');
    await visitor.send(`My name is ${name}, lighthouse@example.test. Where is order 4711?`);
    await visitor.sees((one) => one.author.kind === 'bot' && /Order 4711/.test(one.text), 'the state of the order');
    await owner.page.getByRole('list', { name: 'Conversations' }).getByRole('link').first().waitFor();
    await owner.field('Find').fill(visitor.conversationId);
    const found = owner.page.locator(`a[href*="${visitor.conversationId}"]`);
    await found.waitFor();
    await owner.pageIsSound('conversations');
    await found.click();
    await owner.text('Order 4711').waitFor();
  });

  await stage.step('console: the timeline shows a handover live: request, decision, agent, end, and why', async () => {
    const since = Date.now() - 1_000;
    await visitor.send('A refund', 'human:billing');
    await visitor.floorIs('waiting');
    const inbox = await stage.inbox(DEMO_WEBSITE, name, since);
    await owner.text('A refund').waitFor();
    await crisp.write(inbox.session_id, 'Mia here, I look into it.', MIA);
    const began = performance.now();
    await owner.text('Mia here, I look into it.').waitFor();
    const ms = performance.now() - began;
    console.log(`           an agent's word stands in the timeline ${ms.toFixed(0)} ms after it was written`);
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
    await owner.page
      .getByText(/resolved/i)
      .last()
      .waitFor();
    await owner.pageIsSound('timeline');
    const heads = owner.page.locator('.timeline-entry .timeline-head');
    check((await heads.count()) > 8, `only ${await heads.count()} entries stand there`);
    await heads.nth(4).click();
    await owner.pageIsSound('an entry with everything that is known of it');
  });
}
