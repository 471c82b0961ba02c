export { CrispError, type CrispErrorCode, type CrispFailure } from './crisp-error.js';
export { OUR_ORIGIN, OUR_PROPERTY, isOurs, newFingerprint } from './marks.js';
export { CrispClient, type Marks } from './client/crisp-client.js';
export { CrispConnections, type ConnectionSettings, type OpenConnection } from './client/crisp-connections.js';
export type * from './client/requests.js';
export { checkConnection } from './check/check-connection.js';
export type { ConnectionFindings, Missing, ProblemCode, ScopeFinding, WayBack } from './check/findings.js';
export { HOOK_EVENTS, hookEventsOf, SCOPE_NEEDS, type HookEventNeed, type ScopeNeed } from './check/needs.js';
export type { ConnectionToCheck } from './check/probe-connection.js';
export { plainSegment, type CrispDataValue, type CrispMetaChange } from './client/merge-meta.js';
export {
  CrispMessageSchema,
  CrispStateSchema,
  type CrispConversation,
  type CrispMessage,
  type CrispMeta,
  type CrispPerson,
  type CrispState,
  type CrispWebsite,
} from './wire.js';
export { inMilliseconds, verifyHookSecret, verifyPluginHook, type SignedHook } from './hooks/verify.js';
export { isAgentMessage, whyNotAnAgents, type NotAnAgentsWord } from './hooks/is-agent-message.js';
export { bodiesOf, bodiesOfEdit } from './hooks/message-body.js';
export { factOfMessage, parseCrispHook, type CrispHookEnvelope } from './hooks/parse-crisp-hook.js';
export type * from './hooks/facts.js';
export { HOLD, noteCommandOf, type NoteCommand } from './commands/note-command.js';
export { CRISP_TEXT_LIMIT, splitText } from './text/split-text.js';
