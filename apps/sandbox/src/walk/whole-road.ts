import { eventually } from '@baton/testing';
import { DEMO_WEBSITE, MIA } from '../platform/sandbox-crisp.js';
import { check, type Stage } from '../journey/stage.js';
import type { CrispTranscript } from '../journey/crisp-control.js';
import type { Visitor } from '../journey/visitor.js';

/** A bot's settings reach every replica within seconds once it runs. */
const SETTINGS_WITHIN_MS = 60_000;

/** The road of one conversation through a deployed Baton: to the bot, to a human in the simulated Crisp, and back. */
export async function wholeRoad(stage: Stage, holders: readonly { readonly name: string; readonly url: string }[]): Promise<void> {
  const { crisp, place } = stage;
  const name = stage.aName();
  let visitor!: Visitor;
  let inbox!: CrispTranscript;
  let began = 0;

  await stage.step('every service holds the settings of the demo bot', async () => {
    for (const { name: service, url } of holders) {
      await eventually(() => holdsDemoBot(url), { within: SETTINGS_WITHIN_MS, every: 500, what: `${service} holding bot:demo` });
    }
  });

  await stage.step('a visitor talks to the bot', async () => {
    visitor = await stage.visitor('demo');
    await visitor.send(`My name is ${name}. Where is order 4711?`);
    await visitor.sees((one) => one.author.kind === 'bot' && /Order 4711/.test(one.text), 'the state of the order');
  });

  await stage.step('he asks for a human, and his conversation stands in the inbox', async () => {
    began = Date.now() - 1_000;
    await visitor.send('A refund', 'human:billing');
    await visitor.floorIs('waiting');
    inbox = await stage.inbox(DEMO_WEBSITE, name, began);
    inbox = await crisp.shows(inbox.session_id, ({ state }) => state === 'unresolved', 'a conversation in work');
  });

  await stage.step('the first message leads to the history', async () => {
    const link = /https?:\/\/\S+\/history\/\S+/.exec(String(inbox.messages[0]?.content))?.[0];
    check(link, 'the first message has no link to the history');
    // Its public address need not be reached from here.
    const page = await fetch(`${place.orchestrators[0]}${new URL(link).pathname}`, { signal: AbortSignal.timeout(5_000) });
    check(page.ok && (await page.text()).includes('order 4711'), `the history answers ${page.status}`);
  });

  await stage.step('the agent answers, and the visitor reads it', async () => {
    await crisp.write(inbox.session_id, 'Hello, Mia here. Your refund is on its way.', MIA);
    const seen = await visitor.sees((one) => one.text.startsWith('Hello, Mia here'), "the agent's words");
    check(seen.author.kind === 'agent', `the author is ${JSON.stringify(seen.author)}`);
    await visitor.floorIs('agent');
  });

  await stage.step('resolved: he is back with the bot, which answers again', async () => {
    const before = visitor.lastSeq;
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
    await visitor.send('When are you open?');
    await visitor.sees((one) => one.author.kind === 'bot' && /Monday/.test(one.text), 'the bot answering', { after: before });
  });

  await stage.step('nothing was missing, doubled or out of order', () => stage.screenIsWhole(visitor));
}

async function holdsDemoBot(url: string): Promise<boolean> {
  const response = await fetch(`${url}/health/settings?settingId=bot:demo`, { signal: AbortSignal.timeout(5_000) });
  return ((await response.json()) as { revision: number | null }).revision !== null;
}
