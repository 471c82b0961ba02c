import { describe, expect, it } from '@jest/globals';
import type { GroundKind, RunningGround } from './grounds.js';
import { StandingGround } from './standing-ground.js';

/** Grounds that are up when they are told to, and what became of them. */
function aWorld() {
  const happened: string[] = [];
  const starting: { kind: GroundKind; up: () => void; fail: () => void }[] = [];
  const start = (kind: GroundKind) => {
    happened.push(`${kind} starts`);
    return new Promise<RunningGround>((resolve, reject) => {
      const ground = { platform: {}, levers: {}, stop: async () => void happened.push(`${kind} stops`) };
      starting.push({ kind, up: () => resolve(ground as unknown as RunningGround), fail: () => reject(new Error('no room')) });
    });
  };
  const grounds = () => new StandingGround({ say: () => undefined, onLine: () => undefined }, start);
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { happened, starting, grounds, turn };
}

describe('the ground of a track', () => {
  it('stays for who needs the same, and makes room for who needs another', async () => {
    const { happened, starting, grounds, turn } = aWorld();
    const ground = grounds();
    const first = ground.standOn('plain');
    await turn();
    starting[0]!.up();
    expect(await ground.standOn('plain')).toBe(await first);
    const second = ground.standOn('proxied');
    await turn();
    starting[1]!.up();
    await second;
    expect(happened).toEqual(['plain starts', 'plain stops', 'proxied starts']);
    await ground.stop();
  });

  it('is made anew, though of the same kind, after it was discarded', async () => {
    const { happened, starting, grounds, turn } = aWorld();
    const ground = grounds();
    for (const time of [0, 1]) {
      const standing = ground.standOn('plain');
      await turn();
      starting[time]!.up();
      await standing;
      await ground.discard();
    }
    expect(happened).toEqual(['plain starts', 'plain stops', 'plain starts', 'plain stops']);
  });

  it('that is only being started is stopped, too: once, however many want it, and none comes after it', async () => {
    const { happened, starting, grounds, turn } = aWorld();
    const ground = grounds();
    const standing = ground.standOn('small-disks');
    await turn();
    const stopped = Promise.all([ground.stop(), ground.stop()]);
    await turn();
    expect(happened).toEqual(['small-disks starts']);
    starting[0]!.up();
    await Promise.all([standing, stopped]);
    expect(happened).toEqual(['small-disks starts', 'small-disks stops']);
    await expect(ground.standOn('plain')).rejects.toThrow('the run was ended');
  });

  it('starts alone: the one of another track waits', async () => {
    const { happened, starting, grounds, turn } = aWorld();
    const [one, other] = [grounds(), grounds()];
    const both = [one.standOn('plain'), other.standOn('fleets')];
    await turn();
    expect(happened).toEqual(['plain starts']);
    starting[0]!.fail();
    await expect(both[0]).rejects.toThrow('no room');
    await turn();
    starting[1]!.up();
    await both[1];
    expect(happened).toEqual(['plain starts', 'fleets starts']);
  });
});
