import { expect, it } from '@jest/globals';
import type { Author, MessageBody } from '@baton/contracts';
import { plannedParts, saidWithoutPersona } from './planned-part.js';

const MIA: Author = { kind: 'agent', name: 'Mia' };
const url = 'https://files.example/invoice.pdf';
const file: MessageBody = { type: 'file', name: 'invoice.pdf', url, contentType: 'application/pdf' };
const attached = { attachment: { type: 'file' as const, url }, fallbackText: `invoice.pdf: ${url}` };

it.each<[string, MessageBody, Author, object[]]>([
  ['an agent’s file has words before it', file, MIA, [{ text: 'invoice.pdf', onlyForName: true }, attached]],
  ['a nameless agent’s file has none', file, { kind: 'agent' }, [attached]],
  ['a bot’s file has none', file, { kind: 'bot', name: 'Shop assistant' }, [attached]],
  ['an agent’s words say his name themselves', { type: 'text', text: 'Hello' }, MIA, [{ text: 'Hello' }]],
])('%s', (_what, body, author, parts) => {
  expect(plannedParts(body, author)).toEqual(parts);
});

it('a corrected file has the words of the correction before it, and no others', () => {
  expect(plannedParts(file, MIA, { before: 'Correction:' })).toEqual([{ text: 'Correction: invoice.pdf' }, attached]);
});

it.each<[string, Parameters<typeof saidWithoutPersona>, object]>([
  ['an agent’s first words', [{ text: 'Hello' }, MIA, true], { text: 'Mia: Hello' }],
  ['his further words', [{ text: 'there' }, MIA, false], { text: 'there' }],
  ['his file, its words before it', [attached, MIA, false], attached],
  ['his file, its words left out', [attached, MIA, true], { text: `Mia: invoice.pdf: ${url}` }],
  ['a bot’s words', [{ text: 'Hello' }, { kind: 'bot', name: 'Shop assistant' }, true], { text: 'Hello' }],
  ['a bot’s file', [attached, { kind: 'bot' }, true], attached],
])('without a persona: %s', (_what, given, said) => {
  expect(saidWithoutPersona(...given)).toEqual(said);
});
