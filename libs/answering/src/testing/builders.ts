import { AssistantSettingsSchema, type AssistantSettings } from '@baton/contracts';
import type { Passage, Retrieval } from '@baton/knowledge';
import type { AnswerRequest, TalkLine } from '../answer.js';

let ids = 0;

/** A passage of a help centre, found first unless said otherwise. */
export function aPassage(over: Partial<Passage> & Pick<Passage, 'text'>): Passage {
  ids += 1;
  return {
    chunkId: `chunk-${ids}`,
    sourceId: 'source-1',
    sourceVersion: 1,
    sourceTitle: 'Help centre',
    titlePath: [],
    language: 'en',
    scores: { fused: 0.8 },
    ...over,
  };
}

export function aRetrieval(passages: readonly Passage[], over: Partial<Retrieval> = {}): Retrieval {
  return { passages, support: 0.8, threshold: 0.5, fitted: true, ms: 1, ...over };
}

/** Lines a minute apart: `v:` the visitor, `a:` an agent, anything else the assistant. */
export function aTalk(...lines: string[]): TalkLine[] {
  return lines.map((line, minute) => ({
    from: line.startsWith('v: ') ? 'visitor' : line.startsWith('a: ') ? 'agent' : 'assistant',
    text: line.replace(/^[a-z]: /, ''),
    at: new Date(Date.UTC(2026, 0, 5, 10, minute)),
  }));
}

type Settings = { readonly answers?: Partial<AssistantSettings['answers']>; readonly texts?: AssistantSettings['texts'] };

export function aRequest(
  talk: readonly TalkLine[],
  found: Retrieval | ((question: string) => Retrieval | Promise<Retrieval>),
  over: Partial<Omit<AnswerRequest, 'settings'>> & { readonly settings?: Settings } = {},
): AnswerRequest {
  const { settings, ...rest } = over;
  return {
    talk,
    botName: 'Ada',
    settings: AssistantSettingsSchema.parse(settings ?? {}),
    missesBefore: 0,
    mustSayAutomated: false,
    retrieve: (question) => Promise.resolve(typeof found === 'function' ? found(question) : found),
    signal: new AbortController().signal,
    ...rest,
  };
}
