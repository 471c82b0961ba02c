import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@baton/testing';
import { CONTROL_PLANE_KEY } from '../../platform/services.js';
import { check, type Stage } from '../stage.js';
import { AiControl } from './ai-control.js';
import { ChatboxVisitor, textOf } from './chatbox-visitor.js';
import { connectRequest, testKeyOf, testWebsites, websiteOf } from './test-bots.js';

const BOT = 'joining';
const FACT = { question: 'Which herb is the herb of the week?', answer: 'The herb of the week is lovage.' };
/** No word of the AI comes later than this after a disconnect. */
const LAST_WORD_WITHIN_MS = 5_000;

/** Somebody connects a bot to Crisp and takes it away again, over the API. */
export async function connection(stage: Stage): Promise<void> {
  const { crisp, place } = stage;
  const call = async (method: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await fetch(`${place.controlPlane}/v1/bots/${BOT}/crisp`, {
      method,
      headers: { authorization: `Bearer ${CONTROL_PLANE_KEY}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  };
  const visitor = (): Promise<ChatboxVisitor> => ChatboxVisitor.enter(crisp, websiteOf(BOT), stage.aName());

  await stage.step('AI: connecting checks the token, says what is missing, and gives the address for the web hook', async () => {
    const wrong = await call('PUT', { ...connectRequest(BOT, place.crisp), tokenKey: 'not-the-key' });
    check(wrong.status >= 400 && wrong.status < 500, `a wrong key is answered ${wrong.status}`);
    const { status, body } = await call('PUT', connectRequest(BOT, place.crisp));
    check(status === 200 || status === 202, `the answer is ${status} ${JSON.stringify(body)}`);
    const { url } = body['hook'] as { url?: string };
    check(url?.includes(`/webhook/${BOT}?`), `the address is ${url}`);
    const website = testWebsites(place.ingress).websites!.find(({ website_id: id }) => id === websiteOf(BOT))!;
    await crisp.call('PUT', '/setup', { websites: [{ ...website, hook_url: url }] });
  });

  await stage.step('AI: connected, it answers', async () => {
    await new AiControl(place.ais[0]!, BOT, testKeyOf(BOT)).learns('Herbs', [FACT]);
    await eventually(
      async () => {
        const one = await visitor();
        await one.writes(FACT.question);
        return /lovage/.test(textOf(await one.answered(1, 4_000)));
      },
      { within: 20_000, what: 'an answer after the connection' },
    );
  });

  await stage.step('AI: disconnected in the middle of answers, it says nothing later than 5 s after', async () => {
    const crowd = await Promise.all(Array.from({ length: 6 }, visitor));
    let over = false;
    const talking = (async () => {
      for (let turn = 0; !over; turn++) {
        await crowd[turn % crowd.length]!.writes(FACT.question);
        await pause(150);
      }
    })();
    await pause(2_000);
    const { status } = await call('DELETE');
    const disconnectedAt = Date.now();
    check(status < 300, `the answer is ${status}`);
    await pause(LAST_WORD_WITHIN_MS + 4_000);
    over = true;
    await talking;
    const words = (await Promise.all(crowd.map((one) => one.answers()))).flat();
    check(words.length > 0, 'nobody was answered before');
    const late = words.filter(({ stored_at: at }) => at > disconnectedAt + LAST_WORD_WITHIN_MS);
    check(
      late.length === 0,
      `${late.length} answers came later, the last one ${Math.max(...late.map((one) => one.stored_at)) - disconnectedAt} ms after`,
    );
    check((await call('GET')).status === 404, 'the connection is still there');
  });
}
