import * as apiKeys from './api-keys/api-keys.js';
import * as asCode from './as-code/as-code.js';
import * as audit from './audit/audit.js';
import * as botKeys from './bot-keys/bot-keys.js';
import * as bots from './bots/bots.js';
import * as addresses from './connect/addresses.js';
import * as crisp from './connect/crisp.js';
import * as model from './connect/model.js';
import * as conversations from './conversations/conversations.js';
import * as alarms from './alarms/alarms.js';
import * as operations from './operations/operations.js';
import * as deadLetters from './dead-letters/dead-letters.js';
import * as knowledge from './knowledge/knowledge.js';
import * as crispPlugins from './documents/crisp-plugins.js';
import { botVersions, crispPluginVersions, workspaceVersions } from './documents/versions.js';
import * as workspaceSettings from './documents/workspace-settings.js';
import * as killSwitch from './kill-switch/kill-switch.js';
import * as members from './members/members.js';
import * as playground from './playground/playground.js';
import * as privacy from './privacy/privacy.js';
import * as sections from './sections/sections.js';
import * as account from './session/account.js';
import * as session from './session/session.js';
import * as usage from './usage/usage.js';
import * as workspaces from './workspaces/workspaces.js';
import type { Operation } from './operation.js';

const MODULES: readonly Record<string, unknown>[] = [
  session,
  account,
  workspaces,
  members,
  apiKeys,
  bots,
  crisp,
  botKeys,
  model,
  addresses,
  audit,
  killSwitch,
  privacy,
  deadLetters,
  alarms,
  operations,
  conversations,
  knowledge,
  playground,
  usage,
  sections,
  botVersions,
  workspaceSettings,
  workspaceVersions,
  crispPlugins,
  crispPluginVersions,
  asCode,
];

/** Every operation of the API, in the order of the documents. */
export const OPERATIONS: readonly Operation[] = MODULES.flatMap((module) => Object.values(module).filter(isOperation));

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'method' in value && 'access' in value && 'path' in value;
}
