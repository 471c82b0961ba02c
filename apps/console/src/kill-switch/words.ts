import type { ShownKillSwitch } from '@baton/control-api';

export type Scope = ShownKillSwitch['scope'];

/** What is silenced, as it is called. `name` is the bot's, or what else one calls it. */
export function whatIsOff(scope: Scope, id: string, name?: string): string {
  switch (scope) {
    case 'installation':
      return 'Everything, in all workspaces';
    case 'workspace':
      return 'Everything in this workspace';
    case 'website':
      return `The Crisp website ${name ?? id}`;
    case 'bot':
      return `The bot ${name ?? id}`;
    case 'conversation':
      return `The conversation ${name ?? id}`;
  }
}

const WHERE: Readonly<Record<Scope, string>> = {
  installation: 'in every conversation of every workspace',
  workspace: 'in every conversation of this workspace',
  website: 'in every conversation that belongs to this Crisp website',
  bot: 'in every conversation of this bot',
  conversation: 'in this conversation',
};

/** What happens when it is switched off, sentence by sentence. */
export function whatWillHappen(scope: Scope): readonly string[] {
  return [
    `Within five seconds, neither the bot nor the AI says anything more ${WHERE[scope]}. An answer that is being written is dropped.`,
    'Visitors who write get a human instead. If nobody is there, they are told so once, as after hours.',
    'Conversations with your agents go on as before; nothing that people write is lost.',
    scope === 'conversation'
      ? 'It ends by itself after seven days at the latest.'
      : 'It stays off until somebody switches it on again, or until the time you choose.',
  ];
}

/** For how long it may be switched off; the first is the default. */
export const LASTING = [
  { value: 'open', label: 'Until somebody switches it on again', hours: undefined },
  { value: '1', label: 'For an hour', hours: 1 },
  { value: '4', label: 'For four hours', hours: 4 },
  { value: '24', label: 'For a day', hours: 24 },
] as const;

/** ISO 8601; undefined where it has no end. */
export function endOf(lasting: string, now: number): string | undefined {
  const hours = LASTING.find(({ value }) => value === lasting)?.hours;
  return hours === undefined ? undefined : new Date(now + hours * 3_600_000).toISOString();
}

/** What the banner says of the switches that are on; undefined while there is none. */
export function bannerOf(switches: readonly ShownKillSwitch[], nameOf: (botId: string) => string | undefined): string | undefined {
  const [first] = switches;
  if (!first) return undefined;
  const everything = switches.find(({ scope }) => scope === 'installation') ?? switches.find(({ scope }) => scope === 'workspace');
  if (everything) return `${whatIsOff(everything.scope, everything.id)} is switched off: bots and AI are silent, and people answer.`;
  if (switches.length > 1) return `${switches.length} kill switches are on: bots and AI are silent there, and people answer.`;
  const name = first.scope === 'bot' ? nameOf(first.id) : undefined;
  return `${whatIsOff(first.scope, first.id, name)} is switched off: it is silent, and people answer.`;
}
