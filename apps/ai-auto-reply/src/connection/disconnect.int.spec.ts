import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@baton/testing';
import { Stage } from '../testing/stage.js';
import type { InboxVisitor } from '../testing/inbox-visitor.js';

const QUESTION = 'How long does shipping take?';
/** What is promised: after so long (ms) nothing more is said. */
const SILENT_WITHIN = 5_000;

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build({ assistant: { burst: { quietMs: 100, longestMs: 4_000 } } });
  await stage.replica();
}, 120_000);
afterAll(() => stage.close(), 30_000);

const said = async (visitors: readonly InboxVisitor[]) => (await Promise.all(visitors.map((visitor) => visitor.answers()))).flat();
const ledger = async () => {
  const [row] = await stage.dataSource.query(
    `SELECT count(*) FILTER (WHERE state = 'reserved')::integer AS reserved, count(*) FILTER (WHERE state = 'committed')::integer AS committed
     FROM quota_entries`,
  );
  return row as { reserved: number; committed: number };
};

describe('a bot that is disconnected while answers are on their way', () => {
  it('says nothing five seconds later, gives back what was not said, and counts what was', async () => {
    await stage.publish({ workspace: { answers: { perMonth: 100, warnAtPercent: 80 } } });
    // Each answer takes Crisp a while, so that at any moment some are waiting, some are being made and some are being posted.
    await stage.crisp('PUT', '/faults', { rest: { latency: { from: 300, to: 900 } } });
    const visitors = await Promise.all(Array.from({ length: 12 }, () => stage.visitor()));
    const writing = (async () => {
      for (const visitor of visitors) {
        await visitor.writes(QUESTION);
        await pause(150);
      }
    })();
    await eventually(async () => (await said(visitors)).length > 0, { what: 'the first answer' });
    await stage.publish({ connected: false });
    const disconnectedAt = Date.now();
    await writing;
    await pause(SILENT_WITHIN - (Date.now() - disconnectedAt));
    const until = await said(visitors);
    await pause(3_000);
    const answers = await said(visitors);
    const latest = Math.max(...answers.map(({ timestamp }) => timestamp));
    process.stderr.write(`${answers.length} of 12 were answered, the last one ${latest - disconnectedAt} ms after the disconnection\n`);
    expect(answers).toHaveLength(until.length);
    expect(answers.length).toBeLessThan(visitors.length);
    expect(latest - disconnectedAt).toBeLessThan(SILENT_WITHIN);
    await eventually(async () => (await ledger()).reserved === 0, { what: 'everything being given back' });
    expect(await ledger()).toEqual({ reserved: 0, committed: answers.length });
    await eventually(() => stage.used.length === answers.length, { what: 'the use being told' });
  });
});
