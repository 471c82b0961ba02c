import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';

export interface BotTab {
  /** Below the bot's address. */
  readonly path: string;
  readonly label: string;
  readonly Tab: LazyExoticComponent<ComponentType>;
}

/** Every part of a bot's page. Each is loaded when it is first opened; `useBot` gives it the bot. */
export const BOT_TABS: readonly BotTab[] = [
  { path: 'overview', label: 'Overview', Tab: lazy(() => import('./overview/overview-tab.js')) },
  { path: 'channels', label: 'Channels', Tab: lazy(() => import('./channels/channels-tab.js')) },
  { path: 'crisp', label: 'Crisp', Tab: lazy(() => import('./crisp/crisp-tab.js')) },
  { path: 'assistant', label: 'Assistant', Tab: lazy(() => import('./assistant/assistant-tab.js')) },
  { path: 'knowledge', label: 'Knowledge', Tab: lazy(() => import('../knowledge/knowledge-tab.js')) },
  { path: 'playground', label: 'Playground', Tab: lazy(() => import('../playground/playground-tab.js')) },
  { path: 'answers', label: 'Answers', Tab: lazy(() => import('../playground/answers-tab.js')) },
  { path: 'handover', label: 'Handover', Tab: lazy(() => import('./handover/handover-tab.js')) },
  { path: 'messages', label: 'Messages', Tab: lazy(() => import('./messages/messages-tab.js')) },
  { path: 'hours', label: 'Business hours', Tab: lazy(() => import('./hours/hours-tab.js')) },
  { path: 'keys', label: 'Bot keys', Tab: lazy(() => import('./keys/keys-tab.js')) },
  { path: 'history', label: 'History', Tab: lazy(() => import('../history/history-tab.js')) },
  { path: 'privacy', label: 'Privacy', Tab: lazy(() => import('../privacy/sharing-tab.js')) },
];
