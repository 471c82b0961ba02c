import type { Retrieval } from '@baton/knowledge';
import type { AnswerTrace, Verdict } from './answer.js';
import type { Tokens } from './written/chat-model.js';

/** Gathers, while an answer comes to be, what its receipt will tell. */
export class Trail {
  readonly #started = performance.now();
  readonly #ms = { retrieve: 0, model: 0 };
  readonly verdicts: Verdict[] = [];
  question: string;
  retrieval: Retrieval | undefined;
  threshold = 0;
  #tokens: Tokens | undefined;

  constructor(
    question: string,
    readonly language: string,
  ) {
    this.question = question;
  }

  /** Counts the time that a stage takes, whether it succeeds or not. */
  async timed<T>(stage: 'retrieve' | 'model', work: () => Promise<T>): Promise<T> {
    const from = performance.now();
    try {
      return await work();
    } finally {
      this.#ms[stage] += performance.now() - from;
    }
  }

  /** Counts what a model read and wrote. */
  spend({ read, written }: Tokens): void {
    this.#tokens = { read: (this.#tokens?.read ?? 0) + read, written: (this.#tokens?.written ?? 0) + written };
  }

  end(by: AnswerTrace['by'], model?: string): AnswerTrace {
    return {
      question: this.question,
      language: this.language,
      passages: this.retrieval?.passages ?? [],
      support: this.retrieval?.support ?? 0,
      threshold: this.threshold,
      verdicts: [...this.verdicts],
      by,
      ...(model === undefined ? {} : { model }),
      ...(this.#tokens === undefined ? {} : { tokens: this.#tokens }),
      ms: { retrieve: rounded(this.#ms.retrieve), model: rounded(this.#ms.model), total: rounded(performance.now() - this.#started) },
    };
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
