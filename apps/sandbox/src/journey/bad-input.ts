import { DEMO_WEBSITE, HOOK_SECRET } from '../platform/sandbox-crisp.js';
import { check, type Stage } from './stage.js';

const WHOLE_TEXT = 'ä'.repeat(2_000);
const NASTY = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '../../etc/passwd',
  'שלום עולם مرحبا',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  "'; drop table conversations; --",
  '\u202Eturned around\u202C',
  'a\u0000b',
];

/** What comes from outside broken, huge, wrong or malicious is refused with a reason, or shown as harmless text. */
export async function badInput(stage: Stage): Promise<void> {
  const { place } = stage;
  const door = `${place.ingress}/api/integrations/livechat/crisp/webhook/demo?key=${HOOK_SECRET}`;
  const post = async (url: string, body: string, type = 'application/json'): Promise<number> => {
    try {
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body, signal: AbortSignal.timeout(10_000) });
      await response.text();
      return response.status;
    } catch (error) {
      // A server may hang up while a body that is too large is still on its way.
      return (error as { cause?: { code?: string } }).cause?.code ? 413 : 0;
    }
  };
  const envelope = {
    website_id: DEMO_WEBSITE,
    event: 'message:received',
    timestamp: Date.now(),
    data: { session_id: 'session_../../etc' },
  };

  await stage.step('the door for web hooks refuses what is broken, and says with a status why', async () => {
    const answers = {
      'broken JSON': await post(door, '{"event":'),
      'another shape': await post(door, '{"event":7}'),
      'a path trick in an id': await post(door, JSON.stringify(envelope)),
      'another type': await post(door, 'event=message', 'application/x-www-form-urlencoded'),
      '10 MB': await post(door, JSON.stringify({ ...envelope, data: { text: 'x'.repeat(10_000_000) } })),
      'an unknown bot': await post(door.replace('/demo?', '/nobody?'), '{}'),
      'a path trick for a bot': await post(door.replace('/demo?', '/..%2f..%2fetc?'), '{}'),
    };
    const due = {
      'broken JSON': 400,
      'another shape': 400,
      'a path trick in an id': 400,
      'another type': 415,
      '10 MB': 413,
      'an unknown bot': 404,
      'a path trick for a bot': 404,
    };
    check(JSON.stringify(answers) === JSON.stringify(due), `the answers are ${JSON.stringify(answers)}`);
  });

  await stage.step('nasty texts come back from the chat as they were written, and nothing breaks', async () => {
    const visitor = await stage.visitor('demo');
    for (const text of [...NASTY, WHOLE_TEXT]) await visitor.send(text);
    await visitor.sees((one) => one.author.kind === 'bot', "the bot's answer");
    const other = visitor.messages().filter((one) => one.author.kind === 'visitor');
    check(other.length === NASTY.length + 1, `${other.length} of ${NASTY.length + 1} lines are in the log`);
    await visitor.whole();
    const refusals = visitor.complaints;
    check(refusals.length === 0, refusals.join('; '));
  });
}
