import type { DeskPlace } from '../floor/desk-signs.js';

/** What is seen of an agent in a session and is no word of his. */
export type DeskSign = DeskPlace &
  (
    | { readonly kind: 'typing'; readonly typing: boolean; readonly agent: { readonly name?: string; readonly avatar?: string } }
    /** He has read messages of the visitor: these, or all when none is named. */
    | { readonly kind: 'read'; readonly fingerprints: readonly number[] }
  );

/** A sign, and of which conversation it is. */
export interface SeenSign {
  /** Of the web hook that told it. */
  readonly id: string;
  readonly conversationId: string;
  /** When the web hook came (ms). */
  readonly at: number;
  readonly traceparent: string | undefined;
  readonly sign: DeskSign;
}
