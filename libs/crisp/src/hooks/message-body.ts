import { MAX_TEXT, FileBodySchema, TextBodySchema, type MessageBody, type QuickReply, safeParse } from '@baton/contracts';
import { z } from 'zod';
import { splitText } from '../text/split-text.js';

/** More choices than the tightest channel shows as taps are listed in the text. */
const MAX_TAPS = 13;
const MAX_TITLE = 80;
const MAX_PAYLOAD = 1_000;

const text = z.string().catch('');
const WebAddress = z.url({ protocol: /^https?$/ }).max(2_048);

const FileContent = z.looseObject({ name: text, url: z.string(), type: text, duration: z.number().optional().catch(undefined) });
const PickerContent = z.looseObject({
  text,
  choices: z
    .array(
      z.looseObject({
        value: text,
        label: text,
        selected: z.boolean().catch(false),
        action: z.looseObject({ target: z.string() }).optional().catch(undefined),
      }),
    )
    .catch([]),
});
const FieldContent = z.looseObject({
  text,
  explain: text,
  value: z.union([z.string(), z.number()]).transform(String).optional().catch(undefined),
});
const CarouselContent = z.looseObject({
  text,
  targets: z
    .array(z.looseObject({ title: text, description: text, actions: z.array(z.looseObject({ label: text, url: z.string() })).catch([]) }))
    .catch([]),
});

/**
 * A message's content in words of ours: no body when there is nothing to show, more than one only for a text longer than one
 * body takes. Forms that no other channel has (picker, field, carousel) become readable texts; a picker keeps its taps.
 */
export function bodiesOf(type: string, content: unknown): MessageBody[] {
  switch (type) {
    case 'text':
    case 'note':
      return typeof content === 'string' ? textBodies(content) : [];
    case 'file':
      return fileBodies(content, 'file');
    case 'animation':
      return fileBodies(content, 'animation.gif');
    case 'audio':
      return fileBodies(content, 'voice message');
    case 'picker':
      return pickerBodies(content);
    case 'field':
      return fieldBodies(content);
    case 'carousel':
      return carouselBodies(content);
    default:
      return [];
  }
}

/** The content of an edit, whose form Crisp does not say: a text, or something of another form. */
export function bodiesOfEdit(content: unknown): MessageBody[] {
  if (typeof content === 'string') return textBodies(content);
  if (typeof content !== 'object' || content === null) return [];
  if ('choices' in content) return bodiesOf('picker', content);
  if ('targets' in content) return bodiesOf('carousel', content);
  if ('url' in content) return bodiesOf('file', content);
  return bodiesOf('field', content);
}

function textBodies(said: string, quickReplies?: QuickReply[]): MessageBody[] {
  const parts = splitText(said, MAX_TEXT);
  return parts.map((part, index) =>
    TextBodySchema.parse({ type: 'text', text: part, ...(quickReplies?.length && index === parts.length - 1 ? { quickReplies } : {}) }),
  );
}

function fileBodies(content: unknown, nameless: string): MessageBody[] {
  const file = safeParse(FileContent, content).data;
  if (file === undefined || !WebAddress.safeParse(file.url).success) return [];
  const name = printable(file.name).slice(0, 255).trim() || nameless;
  return [
    FileBodySchema.parse({
      type: 'file',
      name,
      url: file.url,
      contentType: printable(file.type).slice(0, 255) || 'application/octet-stream',
    }),
  ];
}

function pickerBodies(content: unknown): MessageBody[] {
  const picker = safeParse(PickerContent, content).data;
  if (picker === undefined) return [];
  const chosen = picker.choices.filter((choice) => choice.selected).map((choice) => choice.label || choice.value);
  if (chosen.length > 0) return textBodies(lines(picker.text, `✓ ${chosen.join(', ')}`));
  const links = picker.choices.filter((choice) => choice.action !== undefined);
  const taps = picker.choices.filter((choice) => choice.action === undefined && tapOf(choice) !== undefined);
  const listed = taps.length > MAX_TAPS ? taps.map((choice) => `• ${choice.label || choice.value}`) : [];
  const replies = taps.length > MAX_TAPS ? [] : taps.map(tapOf).filter((tap) => tap !== undefined);
  const linked = links.map((choice) => `${choice.label || choice.value}: ${choice.action?.target ?? ''}`);
  // Taps need a text to stand under.
  return textBodies(lines(picker.text, ...linked, ...listed) || (replies.length > 0 ? '…' : ''), replies);
}

function tapOf(choice: { value: string; label: string }): QuickReply | undefined {
  const title = Array.from((choice.label || choice.value).trim())
    .slice(0, MAX_TITLE / 2)
    .join('');
  const payload = choice.value || choice.label;
  return title === '' || payload === '' || payload.length > MAX_PAYLOAD ? undefined : { title, payload };
}

function fieldBodies(content: unknown): MessageBody[] {
  const field = safeParse(FieldContent, content).data;
  if (field === undefined) return [];
  return textBodies(lines(field.text, field.value === undefined ? field.explain : `✓ ${field.value}`));
}

function carouselBodies(content: unknown): MessageBody[] {
  const carousel = safeParse(CarouselContent, content).data;
  if (carousel === undefined) return [];
  const cards = carousel.targets.map((card) =>
    lines(
      [card.title, card.description].filter((said) => said !== '').join(': '),
      ...card.actions.map(({ label, url }) => `${label || 'Link'}: ${url}`),
    ),
  );
  return textBodies([carousel.text, ...cards].filter((said) => said !== '').join('\n\n'));
}

function lines(...said: readonly string[]): string {
  return said.filter((line) => line.trim() !== '').join('\n');
}

/** Names are shown and logged in one line: control characters and marks that turn the writing direction have no place in them. */
function printable(said: string): string {
  return said.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ').trim();
}
