import { HUMAN_WINDOW_MS, WINDOW_MS } from '../model.js';
import { badParameter, GraphError, noHumanAgent, notOwner, outsideWindow, unreachable } from './graph-error.js';

/** The rules of a send, as pure questions: what of a body is wrong, and whether this person may be written to now. */

type Fields = Readonly<Record<string, unknown>>;

const ACTIONS = new Set(['typing_on', 'typing_off', 'mark_seen', 'react', 'unreact']);
const ATTACHMENTS = new Set(['image', 'audio', 'video', 'file', 'template']);
const RECIPIENTS = ['id', 'user_ref', 'comment_id', 'post_id'];
const MESSAGING_TYPES = new Set(['RESPONSE', 'UPDATE', 'MESSAGE_TAG']);
/** Taken away on 2026-04-27, or long before. */
const DEAD_TAGS = new Set(['ACCOUNT_UPDATE', 'CONFIRMED_EVENT_UPDATE', 'POST_PURCHASE_UPDATE']);
const LIVE_TAGS = new Set(['HUMAN_AGENT', 'CUSTOMER_FEEDBACK']);

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is wrong with the body by itself, whoever it is for. */
export function faultOfBody(body: Fields, messagingTypeRequired: boolean): GraphError | undefined {
  const { recipient, message, sender_action: action } = body;
  if (!isFields(recipient)) return badParameter('The parameter recipient is required');
  if (RECIPIENTS.filter((kind) => recipient[kind] !== undefined).length !== 1)
    return badParameter('recipient must have exactly one of id, user_ref, comment_id, post_id');
  if (action !== undefined) {
    if (message !== undefined) return new GraphError(100, 'sender_action must not come with a message', 2018014);
    return typeof action === 'string' && ACTIONS.has(action)
      ? undefined
      : badParameter('Param sender_action must be one of the known actions');
  }
  if (!isFields(message)) return badParameter('The parameter message is required');
  return faultOfMessage(message) ?? faultOfType(body, messagingTypeRequired);
}

function faultOfMessage(message: Fields): GraphError | undefined {
  const { text, attachment, metadata, quick_replies: quickReplies } = message;
  if ((text === undefined) === (attachment === undefined)) return badParameter('Message must have either text or an attachment');
  if (text !== undefined && (typeof text !== 'string' || text.trim() === '')) return badParameter('Message text must not be empty');
  if (typeof text === 'string' && text.length >= 2_000) return badParameter('Length of param message[text] must be less than 2000');
  if (attachment !== undefined && !(isFields(attachment) && ATTACHMENTS.has(attachment['type'] as string))) {
    return badParameter('Attachment type must be one of image, audio, video, file, template');
  }
  if (metadata !== undefined && (typeof metadata !== 'string' || metadata.length >= 1_000)) {
    return badParameter('Length of param message[metadata] must be less than 1000');
  }
  return quickReplies === undefined ? undefined : faultOfQuickReplies(quickReplies);
}

function faultOfQuickReplies(quickReplies: unknown): GraphError | undefined {
  if (!Array.isArray(quickReplies) || quickReplies.length === 0) return badParameter('quick_replies must be a list that is not empty');
  if (quickReplies.length > 13) return badParameter('quick_replies must be at most 13');
  for (const one of quickReplies as unknown[]) {
    if (!isFields(one)) return badParameter('a quick reply must be an object');
    const { content_type: type, title, payload, image_url: image } = one;
    if (type === 'user_email' || type === 'user_phone_number') continue;
    if (type !== 'text') return badParameter('content_type of a quick reply must be text, user_email or user_phone_number');
    if (typeof title !== 'string' || title === '' || title.length > 20)
      return badParameter('title of a quick reply must have 1 to 20 characters');
    if (typeof payload !== 'string' || payload.length > 1_000)
      return badParameter('payload of a quick reply must have at most 1000 characters');
    if (payload === '' && !image) return badParameter('payload of a quick reply may be empty only beside an image');
  }
  return undefined;
}

function faultOfType({ messaging_type: type, tag }: Fields, isRequired: boolean): GraphError | undefined {
  if (type === undefined && !isRequired && tag === undefined) return undefined;
  if (typeof type !== 'string' || !MESSAGING_TYPES.has(type)) return badParameter('messaging_type must be RESPONSE, UPDATE or MESSAGE_TAG');
  if (type !== 'MESSAGE_TAG') return tag === undefined ? undefined : badParameter('tag needs messaging_type MESSAGE_TAG');
  if (typeof tag === 'string' && DEAD_TAGS.has(tag)) return badParameter('The message tag is no longer supported');
  return typeof tag === 'string' && LIVE_TAGS.has(tag) ? undefined : badParameter('tag must be a known message tag');
}

export interface Reach {
  readonly blocked: boolean;
  /** Another app has the thread. */
  readonly isStandby: boolean;
  readonly lastActionAt: number | undefined;
  readonly now: number;
  /** The app may use `HUMAN_AGENT`. */
  readonly humanAgent: boolean;
}

/** Why this person cannot be written to now, if so. */
export function faultOfReach(tag: unknown, reach: Reach): GraphError | undefined {
  if (reach.blocked) return unreachable();
  if (reach.isStandby) return notOwner();
  const age = reach.lastActionAt === undefined ? Infinity : reach.now - reach.lastActionAt;
  if (tag === 'HUMAN_AGENT') {
    if (!reach.humanAgent) return noHumanAgent();
    return age <= HUMAN_WINDOW_MS ? undefined : outsideWindow();
  }
  return age <= WINDOW_MS ? undefined : outsideWindow();
}
