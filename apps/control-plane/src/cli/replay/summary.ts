import type { Compared, Verdict } from './compare.js';

/** How much was the same. */
export interface ReplaySummary {
  conversations: number;
  conversationsThatDiffer: number;
  facts: number;
  same: number;
  otherFloor: number;
  otherActions: number;
  /** Of these two, so many may only follow from a difference before them. */
  follow: number;
  unsure: number;
  /** Judged only to come to the state at the beginning of the range. */
  ledUp: number;
  /** The conversation had become another one between two judgements, by something that is not noted. */
  resumed: number;
}

export class Counting {
  private readonly seen = new Set<string>();
  private readonly differing = new Set<string>();
  private readonly verdicts: Record<Verdict, number> = { same: 0, 'other-floor': 0, 'other-actions': 0, unsure: 0 };
  private followed = 0;
  private led = 0;
  private resumed = 0;

  count({ conversationId, verdict, follows }: Compared): void {
    this.seen.add(conversationId);
    this.verdicts[verdict] += 1;
    if (verdict === 'other-floor' || verdict === 'other-actions') this.differing.add(conversationId);
    if (follows) this.followed += 1;
  }

  ledUp(): void {
    this.led += 1;
  }

  wasResumed(): void {
    this.resumed += 1;
  }

  get summary(): ReplaySummary {
    const { same, unsure, 'other-floor': otherFloor, 'other-actions': otherActions } = this.verdicts;
    return {
      ...{ conversations: this.seen.size, conversationsThatDiffer: this.differing.size, facts: same + unsure + otherFloor + otherActions },
      ...{ same, otherFloor, otherActions, follow: this.followed, unsure, ledUp: this.led, resumed: this.resumed },
    };
  }
}

export const REPLAY_EXIT = { same: 0, differs: 1, trouble: 2 } as const;

/**
 * How a replay ends: what could not be judged again may differ, so nothing is said to be the same beside it.
 * @param allowUnsure so many facts may be left unjudged
 */
export function exitOf({ facts, unsure, otherFloor, otherActions }: ReplaySummary, allowUnsure: number): number {
  if (otherFloor + otherActions > 0) return REPLAY_EXIT.differs;
  return facts === unsure || unsure > allowUnsure ? REPLAY_EXIT.trouble : REPLAY_EXIT.same;
}

export function summaryInWords(summary: ReplaySummary): string[] {
  const { conversations, conversationsThatDiffer, facts, same, otherFloor, otherActions, follow, unsure, ledUp, resumed } = summary;
  const differ = otherFloor + otherActions;
  return [
    `${facts} facts of ${conversations} ${conversations === 1 ? 'conversation' : 'conversations'}: ${same} decided as then, ${otherFloor} with another floor, ${otherActions} with other actions.`,
    ...(differ > 0
      ? [
          `${conversationsThatDiffer} ${conversationsThatDiffer === 1 ? 'conversation differs' : 'conversations differ'}; ${follow} of ${differ} differences may only follow from one before.`,
        ]
      : []),
    ...(ledUp > 0 ? [`${ledUp} facts before that were judged only to come to the state at the beginning.`] : []),
    ...(unsure > 0 ? [`${unsure} facts could not be judged again.`] : []),
    ...(resumed > 0
      ? [
          `${resumed} times the conversation had been changed by something that is not noted (another version, an erasure); from there it goes on as it stood.`,
        ]
      : []),
  ];
}
