import { expect, it } from '@jest/globals';
import { Rebalances } from './rebalances.js';

it('what the members of a group tell together is one rebalance', () => {
  let now = 0;
  const rebalances = new Rebalances(() => now);
  const given = (group: string) =>
    rebalances.read(`{"level":"info","group":"run1.${group}","partitions":6,"msg":"the group gave this member its partitions"}`);
  given('dispatcher');
  now = 400;
  given('dispatcher');
  given('orchestrator');
  rebalances.read('{"level":"info","group":"run1.dispatcher","msg":"something else"}');
  now = 5_000;
  given('dispatcher');
  expect(rebalances.get()).toEqual({ dispatcher: 2, orchestrator: 1 });
});
