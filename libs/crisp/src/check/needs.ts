/** What one of our calls to Crisp must be allowed. */
export interface ScopeNeed {
  /** As Crisp names it where a plugin's scopes are granted. */
  readonly scope: string;
  readonly access: 'read' | 'write';
  /** Without a required one nothing works; without a useful one what it is for is missing. */
  readonly need: 'required' | 'useful';
  /** For people, after "needed to". */
  readonly usedTo: string;
}

const conversation = (name: string) => `website:conversation:${name}`;

/** Scopes of a plugin token; a website token has none and may do all of this. */
export const SCOPE_NEEDS = [
  { scope: conversation('sessions'), access: 'read', need: 'required', usedTo: 'see which conversations changed' },
  {
    scope: conversation('sessions'),
    access: 'write',
    need: 'required',
    usedTo: "write a visitor's name, contact and category into a conversation",
  },
  { scope: conversation('messages'), access: 'read', need: 'required', usedTo: 'read what visitors and agents wrote' },
  { scope: conversation('messages'), access: 'write', need: 'required', usedTo: 'answer visitors, and hand their words to agents' },
  { scope: conversation('states'), access: 'read', need: 'required', usedTo: 'know when a conversation is resolved' },
  {
    scope: conversation('states'),
    access: 'write',
    need: 'required',
    usedTo: 'put a conversation that was handed over before your agents',
  },
  { scope: conversation('initiate'), access: 'write', need: 'required', usedTo: 'open a conversation when a bot hands over' },
  { scope: 'website:availability', access: 'read', need: 'required', usedTo: 'know whether an agent is there before promising one' },
  { scope: 'website:operators', access: 'read', need: 'useful', usedTo: 'show who your agents are, and obey nobody else' },
  { scope: conversation('routing'), access: 'read', need: 'useful', usedTo: 'notice that a conversation was assigned to somebody' },
  { scope: conversation('actions'), access: 'read', need: 'useful', usedTo: 'notice that an agent opened a conversation' },
] as const satisfies readonly ScopeNeed[];

export type NeededScope = (typeof SCOPE_NEEDS)[number];

/** An event to tick where the web hook is set. */
export interface HookEventNeed {
  readonly event: string;
  readonly need: 'required' | 'useful';
  /** Website hooks do not offer it. */
  readonly pluginOnly: boolean;
}

/** The events that we use; others may be ticked and cost nothing but traffic. */
export const HOOK_EVENTS: readonly HookEventNeed[] = [
  { event: 'message:send', need: 'required', pluginOnly: false },
  { event: 'message:received', need: 'required', pluginOnly: false },
  { event: 'message:updated', need: 'required', pluginOnly: false },
  { event: 'message:removed', need: 'required', pluginOnly: false },
  { event: 'session:set_state', need: 'required', pluginOnly: false },
  { event: 'session:removed', need: 'useful', pluginOnly: false },
  { event: 'session:set_segments', need: 'useful', pluginOnly: false },
  { event: 'session:sync:rating', need: 'useful', pluginOnly: false },
  { event: 'message:acknowledge:read:send', need: 'useful', pluginOnly: false },
  { event: 'message:acknowledge:delivered', need: 'useful', pluginOnly: false },
  { event: 'message:compose:receive', need: 'useful', pluginOnly: true },
  { event: 'session:set_routing', need: 'useful', pluginOnly: true },
  { event: 'session:set_opened', need: 'useful', pluginOnly: true },
];

/** Those that can be ticked for a website's hook, or for a plugin's own. */
export function hookEventsOf(tier: 'plugin' | 'website'): string[] {
  return HOOK_EVENTS.filter(({ pluginOnly }) => tier === 'plugin' || !pluginOnly).map(({ event }) => event);
}
