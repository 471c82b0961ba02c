import type { Draft } from '../../kit/use-draft.js';
import type { MessagesDraft } from './draft.js';
import type { VisitorLanguage } from './languages.js';
import type { SpeakingBot } from './said.js';
import type { MessageSettings } from './slots.js';

/** Where one writes: for whom, in which language, and what is written already. */
export interface WritingPlace {
  /** With what is written and not saved yet. */
  readonly bot: SpeakingBot;
  readonly language: VisitorLanguage;
  /** False for viewers, and in languages that nobody writes for yet. */
  readonly mayWrite: boolean;
  readonly draft: Draft<MessagesDraft>;
  readonly write: (change: (settings: MessageSettings) => MessageSettings) => void;
  /** Changes what the address says is open; null takes it out. */
  readonly show: (change: Readonly<Record<string, string | null>>) => void;
}

/** The language under which a line is kept: null is the bot's own. */
export function keptUnder({ language }: Pick<WritingPlace, 'language'>): string | null {
  return language.is === 'own' ? null : language.tag;
}
