import { IconHandStop, IconMailOff, IconRobot } from '@tabler/icons-react';
import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';

export interface Page {
  /** Below `/console/:workspaceId`. */
  readonly path: string;
  readonly Page: LazyExoticComponent<ComponentType>;
  /** Where it stands in the navigation; absent for pages that others lead to. */
  readonly nav?: {
    readonly label: string;
    readonly Icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
    readonly group: 'Set up' | 'Look' | 'Workspace';
  };
}

/** Every page of a workspace. Each is loaded when it is first opened. */
export const PAGES: readonly Page[] = [
  { path: 'bots', Page: lazy(() => import('../bots/bots-page.js')), nav: { label: 'Bots', Icon: IconRobot, group: 'Set up' } },
  {
    path: 'dead-letters',
    Page: lazy(() => import('../dead-letters/dead-letters-page.js')),
    nav: { label: 'Dead letters', Icon: IconMailOff, group: 'Look' },
  },
  { path: 'bots/:botId/*', Page: lazy(() => import('../bots/bot-page.js')) },
  {
    path: 'kill-switch',
    Page: lazy(() => import('../kill-switch/kill-switch-page.js')),
    nav: { label: 'Kill switch', Icon: IconHandStop, group: 'Workspace' },
  },
];
