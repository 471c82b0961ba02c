import type { MessengerErrorClass } from './error-class.js';

const MINUTE = 60_000;
/** Meta seldom says how long a limit lasts. */
const RATE_WAIT = 10_000;

type Row = readonly [string, MessengerErrorClass['reason'], MessengerErrorClass['failure'], MessengerErrorClass['act'], Alert?, number?];
type Alert = 'alert';

/** By `code/subcode`, or by code where the subcode says nothing more. */
const TABLE: readonly Row[] = [
  // Meta is unwell. Behind 2 there may be a person who blocked the page: it has a name of its own, a few tries tell.
  ['1', 'messenger.temporary', 'temporary', 'retry'],
  ['2', 'messenger.unavailable', 'temporary', 'retry'],
  ['1200', 'messenger.temporary', 'temporary', 'retry'],
  // He is in a flow of questions of Messenger itself.
  ['2018321', 'messenger.in-a-flow', 'temporary', 'retry', undefined, MINUTE],
  // Too much: of the app, the person who connected it, the page, this call.
  ['4', 'messenger.rate', 'rate', 'slow-down', undefined, RATE_WAIT],
  ['17', 'messenger.rate', 'rate', 'slow-down', undefined, RATE_WAIT],
  ['32', 'messenger.rate', 'rate', 'slow-down', undefined, RATE_WAIT],
  ['341', 'messenger.rate', 'rate', 'slow-down', undefined, RATE_WAIT],
  ['613', 'messenger.rate', 'rate', 'slow-down', undefined, RATE_WAIT],
  ['613/2018338', 'messenger.tags-warned', 'permanent', 'refuse', 'alert'],
  // Not to this person, or not now.
  ['10/2018278', 'messenger.window-closed', 'window-closed', 'refuse'],
  ['10/2018065', 'messenger.window-closed', 'window-closed', 'refuse'],
  ['10/2534022', 'messenger.window-closed', 'window-closed', 'refuse'],
  ['100/2018276', 'messenger.human-agent-not-approved', 'window-closed', 'refuse', 'alert'],
  ['10/2018300', 'messenger.other-app-has-thread', 'permanent', 'refuse'],
  ['10/2018108', 'messenger.blocked', 'blocked', 'refuse'],
  ['551', 'messenger.blocked', 'blocked', 'refuse'],
  ['551/1545041', 'messenger.blocked', 'blocked', 'refuse'],
  ['200/1545041', 'messenger.blocked', 'blocked', 'refuse'],
  ['100/2018001', 'messenger.no-such-user', 'permanent', 'refuse'],
  ['100/33', 'messenger.no-such-user', 'permanent', 'refuse'],
  ['2018218', 'messenger.no-profile', 'unsupported', 'refuse'],
  ['2018247', 'messenger.no-profile', 'unsupported', 'refuse'],
  // The file.
  ['100/2018008', 'messenger.file-refused', 'unsupported', 'send-as-text'],
  ['100/2018047', 'messenger.file-refused', 'unsupported', 'send-as-text'],
  ['100/2018074', 'messenger.file-refused', 'unsupported', 'send-as-text'],
  ['100/2018109', 'messenger.file-refused', 'unsupported', 'send-as-text'],
  ['100/2018294', 'messenger.file-refused', 'unsupported', 'send-as-text'],
  // The call itself is wrong: a fault of ours, or a tag that Meta took away.
  ['100', 'messenger.refused', 'permanent', 'refuse', 'alert'],
  ['100/2018164', 'messenger.refused', 'permanent', 'refuse', 'alert'],
  // The page, the app or its token.
  ['10', 'messenger.no-permission', 'permanent', 'refuse', 'alert'],
  ['10/1893063', 'messenger.page-restricted', 'permanent', 'refuse', 'alert'],
  ['102', 'messenger.token-dead', 'token-dead', 'stop-page', 'alert'],
  ['190', 'messenger.token-dead', 'token-dead', 'stop-page', 'alert'],
  ['200', 'messenger.no-permission', 'token-dead', 'stop-page', 'alert'],
  ['368', 'messenger.judged-abusive', 'permanent', 'stop-page', 'alert'],
];

const CLASSES = new Map<string, MessengerErrorClass>(
  TABLE.map(([key, reason, failure, act, alert, waitMs]) => [
    key,
    { reason, failure, act, alert: alert !== undefined, ...(waitMs === undefined ? {} : { waitMs }) },
  ]),
);

const TEMPORARY: MessengerErrorClass = { reason: 'messenger.temporary', failure: 'temporary', act: 'retry', alert: false };
const RATE: MessengerErrorClass = { reason: 'messenger.rate', failure: 'rate', act: 'slow-down', alert: false, waitMs: RATE_WAIT };
const REFUSED: MessengerErrorClass = { reason: 'messenger.refused', failure: 'permanent', act: 'refuse', alert: true };
const PROOF: MessengerErrorClass = { reason: 'messenger.proof-refused', failure: 'token-dead', act: 'stop-page', alert: true };

/** What else an error of Meta says; nobody promises that it is there. */
export interface ErrorHints {
  readonly type?: string;
  readonly transient?: boolean;
}

/**
 * What a failure that Meta reported means, by its code and subcode; the HTTP status counts only where there is no code of Meta's. A missing or
 * wrong `appsecret_proof` comes as code 100 without a subcode and of the type `GraphMethodException`: it is the page's trouble, not the message's.
 */
export function classifyMessengerError(
  code: number | undefined,
  subcode: number | undefined,
  status: number | undefined,
  hints: ErrorHints = {},
): MessengerErrorClass {
  const byStatus = status === 429 ? RATE : status === undefined || status >= 500 ? TEMPORARY : undefined;
  // Without a code it is not Meta that answered, but something between us and Meta.
  if (code === undefined) return byStatus ?? TEMPORARY;
  if (code === 100 && !subcode && hints.type === 'GraphMethodException') return PROOF;
  return classOf(code, subcode) ?? (hints.transient === true ? TEMPORARY : (byStatus ?? REFUSED));
}

function classOf(code: number, subcode = 0): MessengerErrorClass | undefined {
  const ofMessenger = subcode >= FIRST_OF_MESSENGER ? CLASSES.get(String(subcode)) : undefined;
  return CLASSES.get(`${code}/${subcode}`) ?? ofMessenger ?? CLASSES.get(String(familyOf(code)));
}

/** Subcodes from here on mean one thing, whatever the code. */
const FIRST_OF_MESSENGER = 1_000_000;

/** 200 to 299 are permissions, which one by which number. */
function familyOf(code: number): number {
  return code >= 200 && code <= 299 ? 200 : code;
}
