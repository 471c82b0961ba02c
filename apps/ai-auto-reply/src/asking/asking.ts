import type { Answered, AnswerRequest, TalkLine } from '@baton/answering';
import type { BotSettings } from '@baton/contracts';
import type { KnowledgeScope, Retrieval } from '@baton/knowledge';
import { storable } from './spoken.js';
import { traceRetrieval, traceSeeking } from './trace-answer.js';

/** What a question is asked with. */
export interface Question {
  /** Oldest first; the visitor's lines behind the last answer are what is asked. */
  readonly talk: readonly TalkLine[];
  /** What the channel says of the visitor's language (BCP 47). */
  readonly locale?: string;
  /** What is known of the visitor, so that no model sees it. */
  readonly profile?: AnswerRequest['profile'];
  /** Questions in a row that stayed without an answer. */
  readonly missesBefore: number;
  /** The visitor has not been told yet that a machine speaks, or a human spoke since. */
  readonly mustSayAutomated: boolean;
  readonly signal: AbortSignal;
}

export interface AskingParts {
  /** Looks in the knowledge of one bot, and nowhere else. */
  readonly retrieve: (scope: KnowledgeScope, question: string, signal: AbortSignal) => Promise<Retrieval>;
  readonly answer: (request: AnswerRequest) => Promise<Answered>;
  /** @throws when this service cannot open it */
  readonly open: (sealed: string) => string;
}

/** The one way to an answer: for the inbox, for the bot in front and for the playground. */
export class Asking {
  constructor(private readonly parts: AskingParts) {}

  /**
   * What to say to the visitor. It never throws for what is outside: that is the answer of kind `trouble`.
   * @throws whatever `signal` was aborted with
   */
  async run(bot: BotSettings, question: Question): Promise<Answered> {
    const { retrieve, answer } = this.parts;
    const { answers, texts } = bot.assistant;
    const scope = { workspaceId: bot.workspaceId, botId: bot.botId };
    const model = this.modelOf(bot);
    const answered = await traceSeeking(() =>
      answer({
        talk: question.talk,
        locale: question.locale ?? bot.locale,
        teamLocale: bot.locale,
        botName: bot.assistant.persona.name ?? bot.name,
        settings: { answers, texts },
        ...(question.profile === undefined ? {} : { profile: question.profile }),
        ...(model === undefined ? {} : { model }),
        missesBefore: question.missesBefore,
        mustSayAutomated: question.mustSayAutomated,
        retrieve: (text, signal) => traceRetrieval(() => retrieve(scope, text, signal)),
        signal: question.signal,
      }),
    );
    // What was cut from the talk, or came from a model, may end in half a character.
    const trace = { ...answered.trace, question: storable(answered.trace.question) };
    const text = storable(answered.text);
    return answered.kind === 'human' ? { ...answered, text, trace, note: storable(answered.note) } : { ...answered, text, trace };
  }

  /** A model whose key cannot be opened is no model: the best passage answers instead. */
  private modelOf({ assistant: { model } }: BotSettings): AnswerRequest['model'] {
    if (model === undefined) return undefined;
    const { apiKey, ...rest } = model;
    if (apiKey === undefined) return rest;
    try {
      return { ...rest, apiKey: this.parts.open(apiKey) };
    } catch {
      return undefined;
    }
  }
}
