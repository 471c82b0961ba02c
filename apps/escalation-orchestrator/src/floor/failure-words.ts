import type { Author, Channel, DeliveryFailure, UserData } from '@baton/contracts';

/** What could not be done at the visitor's. */
export interface Undelivered {
  readonly author: Author['kind'];
  /** The line itself did not arrive; it waits for its channel; or it had arrived, and its new words did not, or it could not be taken back. */
  readonly what: 'line' | 'waiting' | 'correction' | 'removal';
  /** The line as it stands in the transcript, cut; null when its author took it back. */
  readonly beginning: string | null;
  readonly failure: DeliveryFailure;
  /** The channel's code for it. */
  readonly reason: string | null;
}

export interface Circumstances {
  readonly channel: Channel;
  /** The channel lets humans answer for 7 days instead of 24 hours. */
  readonly humanAgent: boolean;
  readonly userData: UserData;
}

/** The names of the channels as agents know them. */
export const CHANNEL_NAMES: Readonly<Record<Channel, string>> = { webchat: 'the chat', messenger: 'Messenger' };

/** So much of a line names it (characters). */
const BEGINNING = 60;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The beginning of a text in one line of at most so many characters. */
export function beginningOf(text: string, longest = BEGINNING): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= longest) return line;
  let kept = '';
  for (const { segment } of graphemes.segment(line.slice(0, 4 * longest))) {
    if (kept.length + segment.length >= longest) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** What the agents are told of it: which words, why, and what they can do. */
export function failureNote(line: Undelivered, of: Circumstances): string {
  const channel = CHANNEL_NAMES[of.channel];
  if (line.what === 'removal') {
    return `${subjectOf(line)} could not be taken back: ${channel} keeps what was sent, and the visitor may still read it. If it must not stand, write to him what is right.`;
  }
  if (line.what === 'waiting') {
    return `${subjectOf(line)} is waiting, and so is what you write after it: ${channel} has to be connected again by an administrator. Nothing is lost; it is sent as soon as that is done.`;
  }
  if (line.reason?.endsWith('.in-doubt')) {
    return `${subjectOf(line)} may not have reached the visitor: ${channel} did not say whether it took it.`;
  }
  return `${subjectOf(line)} did not reach the visitor: ${whyAndWhatToDo(line, of, channel)}`;
}

function subjectOf({ author, what, beginning }: Undelivered): string {
  if (what === 'correction') return `Your message was changed, but not for the visitor: “${beginning ?? ''}”`;
  const whose = author === 'agent' ? 'Your message' : "The assistant's message";
  return beginning === null ? `${whose} that was removed` : `${whose} “${beginning}”`;
}

function whyAndWhatToDo(line: Undelivered, of: Circumstances, channel: string): string {
  const { failure, reason } = line;
  const { userData } = of;
  if (reason?.endsWith('.other-app-has-thread')) {
    return `another app of the page has the conversation in ${channel} now. Ask an administrator to make our app the page's default one. ${otherWays(userData)}`;
  }
  switch (failure) {
    case 'window-closed':
      return windowClosed(line, of, channel);
    case 'blocked':
      return reason?.endsWith('.perhaps-blocked')
        ? `he could not be reached in ${channel} in several tries; perhaps he blocked us. ${otherWays(userData)}`
        : `he cannot be reached in ${channel} any more; he blocked us, or his account is gone. ${otherWays(userData)}`;
    case 'token-dead':
      return `${channel} was not connected again in time. Ask an administrator to connect it, then send it again. ${otherWays(userData)}`;
    case 'unsupported':
      return `${channel} cannot show it${code(reason)}. Say it in another way, for example as text or with a link.`;
    case 'permanent':
      return `${channel} refused it for good${code(reason)}, so sending it again does not help. Say it in another way, or tell an administrator. ${otherWays(userData)}`;
    case 'temporary':
      return `${channel} did not take it for too long. Send it again.`;
    case 'rate':
      return `${channel} takes only so much in a time, and this waited too long. Send it again later.`;
  }
}

/** Only humans ever have more than a day. */
function windowClosed({ author, reason }: Undelivered, { humanAgent, userData }: Circumstances, channel: string): string {
  const onlyHe = `Only he can open the conversation again, by writing. ${otherWays(userData)}`;
  if (reason?.endsWith('.human-agent-not-approved')) {
    return `he has not written for more than 24 hours, and ${channel} has not approved our app for answers after that, although our settings say so. Tell an administrator. ${onlyHe}`;
  }
  if (author !== 'agent' && humanAgent) {
    return `he has not written for more than 24 hours, and then ${channel} takes only what people write. Answer him yourself.`;
  }
  return `he has not written for more than ${humanAgent ? '7 days' : '24 hours'}, and ${channel} lets nobody write to him then. ${onlyHe}`;
}

function otherWays({ email, phone }: UserData): string {
  const known = [email, phone].filter((way): way is string => typeof way === 'string' && way.trim() !== '').map((way) => beginningOf(way));
  return known.length > 0 ? `Reach him otherwise: ${known.join(', ')}.` : 'No other way to reach him is known.';
}

function code(reason: string | null): string {
  return reason ? ` (${reason})` : '';
}
