import type { ShownBot, ShownConnection } from '@baton/control-api';

/** Something to do before visitors meet the bot. */
export interface Step {
  readonly title: string;
  readonly about: string;
  /** Below the bot's address. */
  readonly to: string;
  readonly state: 'done' | 'open' | 'unknown';
  /** It works without. */
  readonly optional: boolean;
}

/** What is known beside the bot itself; undefined while it is read, null where it cannot be told. */
export interface Known {
  readonly connection: ShownConnection | null | undefined;
  readonly sources: number | null | undefined;
}

/** The way to a bot that visitors can meet. */
export function stepsOf(bot: ShownBot, { connection, sources }: Known): Step[] {
  const usesAssistant = bot.assistant.channels || bot.assistant.inbox !== 'off';
  const isOpenSomewhere = channelsOf(bot) !== '';
  return [
    {
      title: 'A channel',
      about: isOpenSomewhere ? channelsOf(bot) : 'Name the website on which the chat may stand, or a page of Facebook.',
      to: 'channels',
      state: isOpenSomewhere ? 'done' : 'open',
      optional: false,
    },
    {
      title: 'Crisp connected',
      about: bot.crisp ? wordsOfCheck(connection) : 'So that your agents can take over.',
      to: 'crisp',
      state: bot.crisp ? (connection?.lastCheck?.findings.ready === false ? 'open' : 'done') : 'open',
      optional: false,
    },
    {
      title: 'Web hooks arriving',
      about: 'Crisp tells what agents write.',
      to: 'crisp',
      state: hooksState(bot, connection),
      optional: false,
    },
    {
      title: 'Business hours',
      about: bot.handover.hours
        ? `Set, in the time zone ${bot.handover.hours.timeZone}.`
        : 'Without them humans are taken to answer at any time.',
      to: 'hours',
      state: bot.handover.hours ? 'done' : 'open',
      optional: true,
    },
    {
      title: 'A message for when nobody is there',
      about: bot.handover.noAgentMessage === undefined ? 'Until you write your own, visitors read ours.' : 'Your own words.',
      to: 'messages',
      state: bot.handover.noAgentMessage === undefined ? 'open' : 'done',
      optional: true,
    },
    {
      title: 'Knowledge',
      about: 'What the assistant answers from.',
      to: 'knowledge',
      state: sources === undefined || sources === null ? 'unknown' : sources > 0 ? 'done' : 'open',
      optional: !usesAssistant,
    },
  ];
}

function channelsOf({ webchat, messenger, assistant }: ShownBot): string {
  const sites = webchat?.allowedOrigins.length ?? 0;
  const names = [
    ...(sites > 0 ? [sites === 1 ? `Webchat on ${webchat!.allowedOrigins[0]}` : `Webchat on ${sites} websites`] : []),
    ...(messenger ? ['Messenger'] : []),
    ...(assistant.inbox === 'off' ? [] : ['Crisp’s own chat box']),
  ];
  return names.length === 0 ? '' : `${names.join(', ')}.`;
}

function wordsOfCheck(connection: Known['connection']): string {
  const findings = connection?.lastCheck?.findings;
  if (!findings) return 'Not checked yet.';
  if (!findings.ready) return findings.missing.find(({ blocking }) => blocking)?.what ?? 'The last check found something missing.';
  return findings.website.name === undefined ? 'It works.' : `It works, with ${findings.website.name}.`;
}

function hooksState(bot: ShownBot, connection: Known['connection']): Step['state'] {
  if (!bot.crisp) return 'open';
  if (!connection?.hook.seen) return 'unknown';
  return connection.hook.seen.last === null ? 'open' : 'done';
}
