import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { signHook } from '../crisp-simulator/hooks/sign.js';
import type { Visitor } from '../journey/visitor.js';
import { MIA, OUTLET_WEBSITE, PLUGIN_ID, SIGNING_SECRET } from '../platform/sandbox-crisp.js';
import { topicsOf } from './evidence.js';
import type { WatchedPlatform } from './watched-platform.js';

const PLUGIN = `/api/integrations/livechat/crisp/plugin/${PLUGIN_ID}`;
/** Repeats of one address that are let through, as docs/operations/doors.md says. */
const PER_SECOND = 50;
const AT_ONCE = 500;
/** Of fifty each. */
const MOST_ROUNDS = 60;
const SAID = {
  words: `marked words ${randomUUID()}`,
  answer: `marked answer ${randomUUID()}`,
  address: `marked.${randomUUID().slice(0, 8)}@example.test`,
};

/** Tests of a handover whose signed hook somebody has seen on its way. */
export function hearsOnceWhatWasCaptured(watched: WatchedPlatform): void {
  const post = (url: string, body: string) => {
    const at = String(Date.now());
    const headers = {
      ...{ 'content-type': 'application/json', 'x-crisp-request-timestamp': at },
      'x-crisp-signature': signHook(SIGNING_SECRET, at, body),
    };
    return fetch(url + PLUGIN, { method: 'POST', headers, body });
  };

  describe('what somebody captured and sends again', () => {
    let captured: string;
    let visitor: Visitor;
    const recordsOf = async () =>
      (await topicsOf(watched.platform)).find(({ place }) => place === 'topic crisp-webhooks')!.text.split(SAID.answer).length - 1;

    it('is heard once, whichever replica gets it, however often', async () => {
      for (const [what, said] of Object.entries(SAID)) watched.words.set(what, said);
      visitor = await watched.stage.visitor('outlet');
      watched.secrets.set('token of a visitor of the outlet', visitor.token);
      const since = Date.now() - 1_000;
      await visitor.send(`${SAID.words} ${SAID.address}`);
      await visitor.send('I want to talk to a human');
      const inbox = await watched.stage.crisp.sessionOf(OUTLET_WEBSITE, ({ messages }) => messages.length > 0, since, 'the handover');
      await watched.stage.crisp
        .write(inbox.session_id, SAID.answer, MIA)
        .catch(() => watched.stage.crisp.write(inbox.session_id, SAID.answer));
      await visitor.sees((one) => one.text === SAID.answer, 'the answer');
      const topic = (await topicsOf(watched.platform)).find(({ place }) => place === 'topic crisp-webhooks')!;
      captured = /\{"website_id.*\}(?= ce_|$)/.exec(topic.text.split('\n').find((line) => line.includes(SAID.answer))!)![0]!;
      const statuses: number[] = [];
      for (let n = 0; n < 10; n++) statuses.push((await post(n % 2 ? watched.platform.urls.ingress : watched.secondUrl, captured)).status);
      expect(statuses).toEqual(Array(10).fill(200));
      // What comes after them in the same conversation proves that they were read.
      await watched.stage.crisp.write(inbox.session_id, 'the end').catch(() => undefined);
      await visitor.sees((one) => one.text === 'the end', 'what the agent says next');
      expect(visitor.messages().filter(({ text }) => text === SAID.answer)).toHaveLength(1);
      await watched.stage.screenIsWhole(visitor);
    });

    it('costs Kafka little when it is a flood from one address, and keeps no other hook out', async () => {
      const before = await recordsOf();
      const statuses = new Map<number, number>();
      const began = performance.now();
      for (let round = 0; round < MOST_ROUNDS && (statuses.get(429) ?? 0) < 300; round++) {
        const answers = await Promise.all(Array.from({ length: 50 }, () => post(watched.secondUrl, captured)));
        for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
      const taken = statuses.get(200) ?? 0;
      expect(taken).toBeLessThanOrEqual(AT_ONCE + PER_SECOND * Math.ceil((performance.now() - began) / 1_000));
      expect([...statuses.keys()].sort()).toEqual([200, 429]);
      expect((await recordsOf()) - before).toBe(taken);
      expect(
        (await post(watched.secondUrl, captured.replace(SAID.answer, 'another').replace(/"fingerprint":\d+/, '"fingerprint":1'))).status,
      ).toBe(200);
    });
  });
}
