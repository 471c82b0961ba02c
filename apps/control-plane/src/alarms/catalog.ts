import type { AlarmSeverity } from '@baton/control-api';
import type { Finding, Pace } from './hysteresis.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

interface Kind {
  /** As in the alert rules for Prometheus (deploy/src/observability/alerts): `critical` is what somebody is to get up for. */
  readonly severity: AlarmSeverity;
  readonly pace: Pace;
  readonly title: (facts: Finding['facts']) => string;
  /** Why it matters, and to whom. */
  readonly why: string;
  readonly todo: string;
}

const AT_ONCE: Pace = { opensAfter: 0, closesAfter: 0 };
const SOON: Pace = { opensAfter: 30 * SECOND, closesAfter: MINUTE };
const SLOWLY: Pace = { opensAfter: 2 * MINUTE, closesAfter: 3 * MINUTE };

const SERVICES: Readonly<Record<string, string>> = {
  'control-plane': 'The control plane',
  ingress: 'The web hook ingress',
  orchestrator: 'The escalation orchestrator',
  dispatcher: 'The channel dispatcher',
  ai: 'The AI',
};
const serviceOf = (name: unknown): string => SERVICES[String(name)] ?? String(name);
const outsideOf = (target: unknown): string =>
  String(target).startsWith('crisp:') ? 'Crisp' : String(target).startsWith('messenger') ? 'Messenger' : String(target);
const many = (count: unknown, one: string, more = `${one}s`): string => `${String(count)} ${Number(count) === 1 ? one : more}`;

const CATALOG: Readonly<Record<string, Kind>> = {
  'token-refused': {
    severity: 'critical',
    pace: AT_ONCE,
    title: ({ botId }) => `Crisp refuses the token of ${botId}`,
    why: 'Nothing reaches the agents of this bot any more: visitors who ask for a human are told that nobody is there.',
    todo: 'Open the bot’s Crisp part, paste a valid token and check the connection. A token that was rolled in Crisp is dead at once.',
  },
  'token-not-bound': {
    severity: 'critical',
    pace: AT_ONCE,
    title: ({ botId }) => `The token of ${botId} may not use its website`,
    why: 'Crisp knows the token, but not for this website: nothing reaches the agents of this bot.',
    todo: 'Install the plugin in the workspace of this website in Crisp, or correct the website ID in the bot’s Crisp part.',
  },
  'token-unreadable': {
    severity: 'critical',
    pace: AT_ONCE,
    title: ({ botId }) => `The token of ${botId} cannot be opened`,
    why: 'It was sealed with a settings key that is no longer there. No service can use it.',
    todo: 'Paste the token once more in the bot’s Crisp part, or bring the old settings key back.',
  },
  'crisp-silent': {
    severity: 'warning',
    pace: AT_ONCE,
    title: ({ botId }) => `Crisp does not answer for ${botId}`,
    why: 'What is meant for agents waits and goes out when Crisp is back. Visitors are told that nobody is there meanwhile.',
    todo: 'Look at status.crisp.chat. When Crisp is well, look whether this machine may reach it.',
  },
  'hooks-silent': {
    severity: 'warning',
    pace: { opensAfter: 0, closesAfter: MINUTE },
    title: ({ minutes }) => `No web hook from Crisp for ${String(minutes)} minutes, but there are messages`,
    why: 'What agents write reaches visitors late, up to a minute after it was written: only because Baton looks for itself.',
    todo: 'Open the bot’s Crisp part: is the web hook’s address the one that is set in Crisp, are its events ticked, is the ingress reachable from outside?',
  },
  'hooks-never-came': {
    severity: 'warning',
    pace: { opensAfter: MINUTE, closesAfter: MINUTE },
    title: () => 'Crisp never sent a web hook for this website',
    why: 'What agents write reaches visitors late, up to a minute after it was written: only because Baton looks for itself.',
    todo: 'Open the bot’s Crisp part, copy the web hook’s address into Crisp and tick the events that stand there.',
  },
  'quota-short': {
    severity: 'warning',
    pace: { opensAfter: 5 * MINUTE, closesAfter: 15 * MINUTE },
    title: ({ endsAt }) => `Crisp’s daily calls will be used up at ${String(endsAt).slice(11, 16)} UTC at this pace`,
    why: 'Before that, signs are left out: who writes, what was seen, then notes. Words of people go on until Crisp itself says no.',
    todo: 'Ask Crisp for a higher quota of the token, or turn off what costs most calls: typing and read marks.',
  },
  'quota-spent': {
    severity: 'critical',
    pace: { opensAfter: 0, closesAfter: MINUTE },
    title: ({ used, limit }) => `${String(used)} of ${String(limit)} of Crisp’s daily calls are used`,
    why: 'Only words of people go to Crisp until midnight UTC. When Crisp takes no more, they wait.',
    todo: 'Ask Crisp for a higher quota of the token. It begins anew at midnight UTC.',
  },
  'outbox-old': {
    severity: 'critical',
    pace: SOON,
    title: () => 'writes messages that do not go out',
    why: 'What was decided waits in the service’s outbox, because Kafka does not take it. Nothing is lost; everybody waits.',
    todo: 'Look whether Kafka is well and takes records.',
  },
  'effects-waiting': {
    severity: 'warning',
    pace: SLOWLY,
    title: ({ target, open, minutes }) =>
      `${many(open, 'piece')} of work for ${outsideOf(target)} wait, the oldest for ${String(minutes)} minutes`,
    why: 'What people said is on its way and late.',
    todo: 'Look at the other alarms of this website or page first: its token, its quota, Crisp or Meta being away.',
  },
  'effects-in-doubt': {
    severity: 'warning',
    pace: { opensAfter: 5 * MINUTE, closesAfter: MINUTE },
    title: ({ target, inDoubt }) =>
      `Of ${many(inDoubt, 'call')} to ${outsideOf(target)} nobody knows whether ${Number(inDoubt) === 1 ? 'it' : 'they'} happened`,
    why: 'A call broke off before its answer came. Baton looks it up as soon as the other side answers; until then the conversation waits.',
    todo: 'Look whether Crisp or Meta answers. Nothing needs to be sent by hand.',
  },
  'target-sick': {
    severity: 'warning',
    pace: SOON,
    title: ({ target }) => `Calls to ${outsideOf(target)} fail`,
    why: 'They are paused and tried every few seconds. What people said waits and is not lost.',
    todo: 'Look whether the token is well and the other side answers. When it does, everything goes on by itself.',
  },
  'page-stopped': {
    severity: 'critical',
    pace: { opensAfter: 0, closesAfter: 15 * SECOND },
    title: ({ botId }) => `Messenger refuses the page of ${botId}`,
    why: 'Visitors in Messenger get no answers. What is meant for them waits.',
    todo: 'Renew the page’s token in the bot’s channels, and look in Meta’s business settings whether the permission is still there.',
  },
  'dead-letters-open': {
    severity: 'warning',
    pace: { opensAfter: 0, closesAfter: 0 },
    title: ({ open, whose }) =>
      `${many(open, 'dead letter waits', 'dead letters wait')}${whose === 'nobody' ? ', and nobody knows whose' : ''}`,
    why: 'A service could not understand a record: something that was said or done may be missing in a conversation.',
    todo: 'Open Dead letters, see what was wrong, replay or dismiss.',
  },
  'consumer-stuck': {
    severity: 'critical',
    pace: { opensAfter: 0, closesAfter: 2 * MINUTE },
    title: ({ group, topic }) => `${String(group)} does not go on with ${String(topic)}`,
    why: 'Records wait and none is handled: conversations stand still.',
    todo: 'Look whether the service runs and reaches its database. Restart it when it says it is well.',
  },
  'consumer-behind': {
    severity: 'warning',
    pace: SLOWLY,
    title: ({ group, topic, lag }) => `${String(group)} is ${String(lag)} records behind in ${String(topic)}`,
    why: 'Everything takes longer for everybody.',
    todo: 'Give the service more replicas, up to the topic’s partitions, or look what slows it.',
  },
  'settings-not-published': {
    severity: 'critical',
    pace: SOON,
    title: () => 'What is set does not reach the services',
    why: 'Changes are saved and hold nowhere yet. The services go on with what they know.',
    todo: 'Look whether Kafka is well. It is tried again all the time.',
  },
  'settings-stale': {
    severity: 'critical',
    pace: SOON,
    title: () => 'does not hear of changes',
    why: 'It goes on with what it knows. The AI falls silent, for it can no longer know whether it may speak.',
    todo: 'Look whether the control plane runs, and whether the service reaches Kafka.',
  },
  'service-away': {
    severity: 'critical',
    pace: SOON,
    title: () => 'does not answer',
    why: 'What it does stands still. What others hand to it waits in Kafka and is not lost.',
    todo: 'Look whether it runs, and at the end of its log.',
  },
  'service-not-ready': {
    severity: 'critical',
    pace: SOON,
    title: () => 'is not ready',
    why: 'It runs but cannot work: what it says itself stands beside it.',
    todo: 'Look at what it names: Kafka, Postgres or the settings.',
  },
  'sources-failing': {
    severity: 'warning',
    pace: { opensAfter: MINUTE, closesAfter: MINUTE },
    title: ({ botId, count }) => `${many(count, 'knowledge source')} of ${String(botId)} could not be taken in whole`,
    why: 'The bot does not know what they say, or only what they said before.',
    todo: 'Open the bot’s Knowledge part: each source says what is wrong.',
  },
  'promises-overdue': {
    severity: 'critical',
    pace: { opensAfter: MINUTE, closesAfter: MINUTE },
    title: ({ overdue }) => `${many(overdue, 'promise')} to visitors ${Number(overdue) === 1 ? 'is' : 'are'} overdue`,
    why: 'Somebody was told that he would hear from us by now, and did not.',
    todo: 'Look at the open conversations; answer, or let the bot apologise.',
  },
};

/** Every code that a rule may give. */
export const CODES: readonly string[] = Object.keys(CATALOG);

function kindOf(code: string): Kind {
  const kind = CATALOG[code];
  if (!kind) throw new Error(`no alarm is called ${code}`);
  return kind;
}

export const paceOf = (code: string): Pace => kindOf(code).pace;
export const severityOf = (code: string): AlarmSeverity => kindOf(code).severity;

/** An alarm in words, for a support lead. */
export function wordsOf({ code, facts, about }: Pick<Finding, 'code' | 'facts' | 'about'>) {
  const kind = kindOf(code);
  const isOfService = ['service-away', 'service-not-ready', 'outbox-old', 'settings-stale'].includes(code);
  const title = kind.title(facts);
  return {
    title: isOfService ? `${serviceOf(about)} ${title}` : title,
    why: typeof facts['why'] === 'string' && facts['why'] !== '' ? `${kind.why} (${facts['why']})` : kind.why,
    todo: kind.todo,
    /** Where a platform team reads more. */
    runbook: `docs/operations.md#${code}`,
  };
}
