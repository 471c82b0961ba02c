import {
  IconActivityHeartbeat,
  IconBuilding,
  IconChartBar,
  IconHandStop,
  IconHistory,
  IconKey,
  IconMailOff,
  IconMessages,
  IconRobot,
  IconShieldLock,
  IconUsers,
} from '@tabler/icons-react';
import { lazy } from 'react';
import { AlarmBadge } from '../operations/alarm-badge.js';
import type { ComponentType, LazyExoticComponent } from 'react';

export interface Page {
  /** Below `/console/:workspaceId`. */
  readonly path: string;
  readonly Page: LazyExoticComponent<ComponentType>;
  /** Where it stands in the navigation; absent for pages that others lead to. */
  readonly nav?: {
    readonly label: string;
    readonly Icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
    /** Beside the label. */
    readonly Badge?: ComponentType;
    readonly group: 'Set up' | 'Look' | 'Workspace';
  };
}

/** Every page of a workspace. Each is loaded when it is first opened. */
export const PAGES: readonly Page[] = [
  { path: 'bots', Page: lazy(() => import('../bots/bots-page.js')), nav: { label: 'Bots', Icon: IconRobot, group: 'Set up' } },
  {
    path: 'conversations',
    Page: lazy(() => import('../conversations/conversations-page.js')),
    nav: { label: 'Conversations', Icon: IconMessages, group: 'Look' },
  },
  { path: 'conversations/:conversationId', Page: lazy(() => import('../conversations/conversation-page.js')) },
  {
    path: 'operations',
    Page: lazy(() => import('../operations/operations-page.js')),
    nav: { label: 'Operations', Icon: IconActivityHeartbeat, group: 'Look', Badge: AlarmBadge },
  },
  {
    path: 'dead-letters',
    Page: lazy(() => import('../dead-letters/dead-letters-page.js')),
    nav: { label: 'Dead letters', Icon: IconMailOff, group: 'Look' },
  },
  {
    path: 'usage',
    Page: lazy(() => import('../usage/usage-page.js')),
    nav: { label: 'Usage', Icon: IconChartBar, group: 'Look' },
  },
  { path: 'bots/:botId/*', Page: lazy(() => import('../bots/bot-page.js')) },
  {
    path: 'kill-switch',
    Page: lazy(() => import('../kill-switch/kill-switch-page.js')),
    nav: { label: 'Kill switch', Icon: IconHandStop, group: 'Workspace' },
  },
  {
    path: 'privacy',
    Page: lazy(() => import('../privacy/privacy-page.js')),
    nav: { label: 'Privacy', Icon: IconShieldLock, group: 'Workspace' },
  },
  {
    path: 'members',
    Page: lazy(() => import('../members/members-page.js')),
    nav: { label: 'Members', Icon: IconUsers, group: 'Workspace' },
  },
  {
    path: 'api-keys',
    Page: lazy(() => import('../api-keys/api-keys-page.js')),
    nav: { label: 'API keys', Icon: IconKey, group: 'Workspace' },
  },
  {
    path: 'workspace',
    Page: lazy(() => import('../workspaces/workspace-page.js')),
    nav: { label: 'Workspace', Icon: IconBuilding, group: 'Workspace' },
  },
  { path: 'account', Page: lazy(() => import('../account/account-page.js')) },
  {
    path: 'audit',
    Page: lazy(() => import('../audit/audit-page.js')),
    nav: { label: 'Audit log', Icon: IconHistory, group: 'Workspace' },
  },
];
