import { setTimeout as pause } from 'node:timers/promises';
import { ApiClient, ApiProblem, deleteCrispConnection, getCrispConnection, putCrispConnection } from '@baton/control-api';
import { eventually } from '@baton/testing';
import { CONTROL_PLANE_KEY } from '../../platform/services.js';
import { check, type Stage } from '../stage.js';
import { AiControl } from './ai-control.js';
import { ChatboxVisitor, textOf } from './chatbox-visitor.js';
import { connectRequest, testKeyOf, testWebsites, websiteOf, workspaceOf } from './test-bots.js';

const BOT = 'joining';
const FACT = { question: 'Which herb is the herb of the week?', answer: 'The herb of the week is lovage.' };
/** No word of the AI comes later than this after a disconnect. */
const LAST_WORD_WITHIN_MS = 5_000;

/** Somebody connects a bot to Crisp and takes it away again, over the API. */
export async function connection(stage: Stage): Promise<void> {
  const { crisp, place } = stage;
  const api = new ApiClient({ baseUrl: place.controlPlane, key: CONTROL_PLANE_KEY });
  const params = { workspaceId: workspaceOf(BOT), botId: BOT };
  const given = connectRequest(BOT, place.crisp);
  const visitor = (): Promise<ChatboxVisitor> => ChatboxVisitor.enter(crisp, websiteOf(BOT), stage.aName());

  await stage.step('AI: connecting checks the token, says what is missing, and gives the address for the web hook', async () => {
    const wrong = await api
      .call(putCrispConnection, { params, body: { ...given, tokenKey: 'not-the-key' } }, { version: 'new' })
      .catch((error: unknown) => error);
    check(wrong instanceof ApiProblem && wrong.problem.code === 'not-connectable', `a wrong key is answered with ${String(wrong)}`);
    check((wrong.problem.missing?.length ?? 0) > 0, 'nothing is said to be missing');
    const { hook } = await api.call(putCrispConnection, { params, body: given }, { version: 'new' });
    const { url } = hook;
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
    const { version } = await api.call(getCrispConnection, { params });
    await api.call(deleteCrispConnection, { params }, { version });
    const disconnectedAt = Date.now();
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
    const gone = await api.call(getCrispConnection, { params }).catch((error: unknown) => error);
    check(gone instanceof ApiProblem && gone.problem.code === 'not-found', 'the connection is still there');
  });
}
