import { REPLAY_FORMAT } from '@baton/contracts';
import type { ReplayAnswer, ReplayLine, ReplayOptions } from '@baton/contracts';
import { cameOf } from '../judge/decision-record.js';
import type { Conversation } from '../floor/conversation.js';
import type { FloorPolicy } from '../floor/policy.js';
import { policyAgain } from './policy-again.js';
import { stateInShort, wordsOf } from './replay-state.js';
import { Replayer } from './replayer.js';
import type { Judged } from './replayer.js';

/** What came in is not in words that this build understands. */
export class WrongLines extends Error {
  override readonly name = 'WrongLines';
}

/**
 * Judges again what it is told line by line; conversations one after the other.
 * @throws WrongLines when the first line asks for another format
 * @throws WrongOverride when a value is to be set that the settings do not take
 */
export class JudgeLines {
  private options: ReplayOptions | undefined;
  private readonly policies = new Map<string, FloorPolicy>();
  private current: Replayer | undefined;

  /** @returns what is to be said to it, if anything */
  take(line: ReplayOptions | ReplayLine): ReplayAnswer | { readonly type: 'end'; readonly entries: number } | undefined {
    if (line.type === 'options') {
      if (line.format !== REPLAY_FORMAT) throw new WrongLines(`this build speaks format ${REPLAY_FORMAT}, not ${line.format}`);
      this.options = line;
      return undefined;
    }
    const { options } = this;
    if (!options) throw new WrongLines('the first line must be the options');
    switch (line.type) {
      case 'hello':
        return undefined;
      case 'policy':
        this.policies.set(line.id, policyAgain(line.policy, options.set));
        return undefined;
      case 'conversation': {
        const { conversationId: id, botId, channel, address } = line;
        this.current = new Replayer({ id, botId, channel: channel as Conversation['channel'], address }, (policy) =>
          this.policies.get(policy),
        );
        return undefined;
      }
      case 'entry': {
        if (!this.current) throw new WrongLines('an entry came before its conversation');
        const { conversationId, position, at } = line;
        const { steps, ...judged } = this.current.judge(line);
        return {
          type: 'judged',
          conversationId,
          position,
          at,
          ...judged,
          ...(options.explain ? { steps: steps.map((step) => told(step, options)) } : {}),
        };
      }
      case 'end':
        return line;
    }
  }
}

function told(
  { before, fact, after, actions }: Judged['steps'][number],
  { words }: ReplayOptions,
): NonNullable<ReplayAnswer['steps']>[number] {
  return {
    before: stateInShort(before),
    came: cameOf(fact),
    after: stateInShort(after),
    ...(words ? { words: wordsOf(actions) } : {}),
  };
}
