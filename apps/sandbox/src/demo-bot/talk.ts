import type { Reply, Turn, Unmuted } from '@baton/bot-sdk';

/** What the demo bot says, as rules without Kafka: it reads a turn, remembers a little, and composes a reply. */

/** What it learned of one visitor; a real bot would keep this in a store of its own. */
export interface Memory {
  greeted?: boolean;
  name?: string;
  email?: string;
  order?: string;
}

const HUMAN = { title: '🙋 Talk to a human', payload: 'human' };
const ORDER = { title: '📦 Order status', payload: 'order' };
const HOURS = { title: '🕐 Opening hours', payload: 'hours' };
const MENU = [ORDER, HOURS, HUMAN];

/** Where it may go on after a human: `continue_with` names one. */
const BLOCKS: Readonly<Record<string, readonly [text: string, taps: typeof MENU]>> = {
  order: ['Shall I look at an order? Tell me its number.', MENU],
  bye: ['Have a good day!', []],
};

const CATEGORIES = [
  { title: 'An order', payload: 'human:orders' },
  { title: 'A refund', payload: 'human:billing' },
  { title: 'Something else', payload: 'human:general' },
];

const ORDER_STATES = [
  'It is being packed and leaves our house today.',
  'It is on its way and arrives tomorrow.',
  'It was delivered yesterday, to your neighbour.',
];

export function talk(turn: Pick<Turn, 'text' | 'payload'>, memory: Memory, reply: Reply): void {
  const { text, payload } = turn;
  const nameBefore = memory.name;
  remember(text, memory);
  if (payload?.startsWith('human:')) return escalate(payload.slice('human:'.length), memory, reply);
  if (payload === 'human') {
    reply.text('Of course. What is it about?', CATEGORIES);
    return;
  }
  if (payload === 'order') {
    reply.text(
      memory.order ? statusOf(memory.order) : 'Happy to look. What is your order number? (Any four digits will do here.)',
      memory.order ? MENU : [],
    );
    return;
  }
  if (payload === 'hours') return hours(reply);
  const category = categoryOf(text);
  if (category) return escalate(category, memory, reply);
  if (/\b(open|opening|hours|close|closed|when)\b/i.test(text)) return hours(reply);
  const order = orderIn(text);
  if (order) {
    reply.text(statusOf(order), MENU);
    return;
  }
  if (/\b(order|parcel|package|delivery|shipping)\b/i.test(text)) {
    reply.text('Happy to look. What is your order number? (Any four digits will do here.)');
    return;
  }
  // Who was greeted already, and does not tell his name, has said something that it does not understand.
  if (memory.greeted && memory.name === nameBefore) reply.fallback();
  const hello = memory.name ? `Nice to meet you, ${memory.name}! ` : memory.greeted ? '' : 'Hello! ';
  memory.greeted = true;
  reply.text(
    `${hello}I am Juniper, the shop's automated assistant. I know about orders and opening hours, and I can get you a person from our team.`,
    MENU,
  );
}

/** Back from a human: it knows what was said and promised, and goes on where its settings or the agent want it to. Of the rest the visitor was told already. */
export function welcomeBack(
  {
    reason,
    human_stretch: stretch,
    capsule,
    continue_with: block,
  }: Pick<Unmuted, 'reason' | 'human_stretch' | 'capsule' | 'continue_with'>,
  reply: Reply,
): void {
  if (reason === 'cancelled') {
    reply.text('Here I am again. What can I do for you?', MENU);
    return;
  }
  if (reason !== 'resolved') return;
  const last = stretch.findLast((line) => line.from === 'agent');
  const promised = capsule?.promised.at(-1);
  const said = promised ?? last;
  const recap = said ? `${said.name ?? 'My colleague'} ${promised ? 'promised' : 'told you'}: “${shorten(said.text)}” ` : '';
  const [next, taps] = (block !== undefined && BLOCKS[block]) || ['Is there anything else?', MENU];
  reply.text(`It is me again, Juniper, the automated one. ${recap}${next}`, taps);
}

function escalate(category: string, memory: Memory, reply: Reply): void {
  const userData = {
    ...(memory.name ? { name: memory.name } : {}),
    ...(memory.email ? { email: memory.email } : {}),
    ...(memory.order ? { order: { number: memory.order } } : {}),
    asked_for: category,
  };
  reply.text('Let me find somebody for you.').escalate({ category, userData, reason: 'the visitor asked for a person' });
}

/** The category when the words ask for a person. */
function categoryOf(text: string): string | undefined {
  if (!/\b(human|person|agent|somebody|someone real|representative)\b/i.test(text)) return undefined;
  if (/\b(refund|money|invoice|bill|pay)/i.test(text)) return 'billing';
  return /\b(order|parcel|delivery)/i.test(text) ? 'orders' : 'general';
}

function remember(text: string, memory: Memory): void {
  const name = /\b(?:my name is|i am called|this is)\s+(\p{L}[\p{L}'-]*(?:\s\p{Lu}[\p{L}'-]*)?)/iu.exec(text)?.[1];
  if (name) memory.name = name;
  const email = /[^\s@<>]{1,64}@[^\s@<>]{1,190}\.[a-z]{2,24}/i.exec(text)?.[0];
  if (email) memory.email = email;
  const order = orderIn(text);
  if (order) memory.order = order;
}

function orderIn(text: string): string | undefined {
  return /(?:^|\D)(\d{4,10})(?:\D|$)/.exec(text)?.[1];
}

function statusOf(order: string): string {
  return `Order ${order}: ${ORDER_STATES[Number(order.at(-1)) % ORDER_STATES.length]}`;
}

function hours(reply: Reply): void {
  reply.text('The shop never closes. Our people are there from Monday to Friday, 9 to 18 o’clock.', MENU);
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
