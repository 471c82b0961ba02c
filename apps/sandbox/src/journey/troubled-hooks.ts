import { NOOR, OUTLET_WEBSITE } from '../platform/sandbox-crisp.js';
import type { CrispTranscript } from './crisp-control.js';
import { check, type Stage } from './stage.js';
import type { Visitor } from './visitor.js';

/** A signed hook is believed for a day; this is older. */
const TOO_OLD_MS = 25 * 60 * 60 * 1_000;
const FOUND_WITHIN_MS = 90_000;

/** Web hooks that are forged, too old, repeated, in the wrong order, or never come. */
export async function troubledHooks(stage: Stage): Promise<void> {
  const { crisp, place } = stage;
  const name = stage.aName();
  let visitor!: Visitor;
  let inbox!: CrispTranscript;

  await stage.step('a second bot hands over, told by the signed hooks of a plugin', async () => {
    const began = Date.now() - 1_000;
    visitor = await stage.visitor('outlet');
    await visitor.send(`My name is ${name}`);
    await visitor.sees((one) => one.author.kind === 'bot', 'the bot');
    await visitor.send('I want to talk to a human');
    await visitor.floorIs('waiting');
    inbox = await stage.inbox(OUTLET_WEBSITE, name, began);
    await crisp.write(inbox.session_id, 'Noor here', NOOR);
    await visitor.sees((one) => one.text === 'Noor here', "the agent's words");
  });

  await stage.step('forged and too old hooks are refused, without a hint', async () => {
    const [hook] = await crisp.hooks(inbox.session_id, 'message:received');
    check(hook, 'there is no hook');
    const forged = await crisp.again(hook.id, { forged: true });
    const old = await crisp.again(hook.id, { aged_ms: TOO_OLD_MS });
    check(forged.statuses[0] === 401, `a forged hook is answered ${forged.statuses[0]}`);
    check(old.statuses[0] === 401, `an old hook is answered ${old.statuses[0]}`);
    const wrongKey = await fetch(`${place.ingress}/api/integrations/livechat/crisp/webhook/demo?key=guess`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: hook.body,
    });
    check(wrongKey.status === 401, `a wrong key is answered ${wrongKey.status}`);
  });

  await stage.step('the same hook fifty times is one message', async () => {
    const { fingerprint } = await crisp.write(inbox.session_id, 'Only once, please', NOOR);
    const hooks = await crisp.hooks(inbox.session_id, 'message:received');
    const hook = hooks.find((one) => one.body.includes(String(fingerprint)));
    check(hook, 'there is no hook');
    const { statuses } = await crisp.again(hook.id, { times: 50 });
    check(
      statuses.every((status) => status === 200 || status === 202),
      `the answers are ${[...new Set(statuses)].join()}`,
    );
    await crisp.write(inbox.session_id, 'After the fifty', NOOR);
    await visitor.sees((one) => one.text === 'After the fifty', 'the next message');
    check(visitor.messages().filter((one) => one.text === 'Only once, please').length === 1, 'it is there more than once');
  });

  await stage.step('hooks in the wrong order: a good-bye after the resolve is shown and moves nothing', async () => {
    await crisp.faults({ hooks: { held: true } });
    try {
      await crisp.write(inbox.session_id, 'Good-bye', NOOR);
      await crisp.resolve(inbox.session_id);
      await crisp.release('reversed');
    } finally {
      await crisp.noFaults();
    }
    await visitor.sees((one) => one.text === 'Good-bye', 'the good-bye');
    await visitor.floorIs('bot');
    const before = visitor.lastSeq;
    await visitor.send('When are you open?');
    await visitor.sees((one) => one.author.kind === 'bot' && /Monday/.test(one.text), 'the bot', { after: before });
    check(visitor.floor === 'bot', 'the late good-bye took the floor');
  });

  await stage.step('a hook that Crisp never sent is found within 90 s', async () => {
    const began = Date.now() - 1;
    await visitor.send('I want to talk to a human');
    await visitor.floorIs('waiting');
    const again = await stage.inbox(OUTLET_WEBSITE, name, began);
    await crisp.faults({ hooks: { drop_next_messages: 1 } });
    await crisp.write(again.session_id, 'Nobody was told of this', NOOR);
    await crisp.noFaults();
    const told = (await crisp.hooks(again.session_id, 'message:received')).filter((hook) => hook.body.includes('Nobody was told of this'));
    check(told.length === 1 && told[0]!.fate === 'dropped', 'the hook was not dropped');
    await visitor.sees((one) => one.text === 'Nobody was told of this', 'the message without a hook', { within: FOUND_WITHIN_MS });
    check(visitor.messages().filter((one) => one.text === 'Nobody was told of this').length === 1, 'it is there more than once');
    await crisp.resolve(again.session_id);
    await visitor.floorIs('bot');
    await stage.screenIsWhole(visitor);
  });
}
