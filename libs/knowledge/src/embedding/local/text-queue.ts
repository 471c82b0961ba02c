export interface QueuedText {
  readonly text: string;
  resolve(vector: Float32Array): void;
  reject(error: unknown): void;
}

interface Waiting extends QueuedText {
  /** True when nobody waits for it any more. */
  isGivenUp(): boolean;
}

/** Texts on their way to a model that works on one at a time: questions before passages, otherwise as they came. */
export class TextQueue {
  private readonly lanes: Record<'question' | 'passage', Waiting[]> = { question: [], passage: [] };

  /** Resolves with a vector for each text, in order; rejects with the first failure or with the signal's reason. */
  add(texts: readonly string[], as: 'question' | 'passage', signal?: AbortSignal): Promise<Float32Array[]> {
    return new Promise((resolve, reject) => {
      const vectors = new Array<Float32Array>(texts.length);
      let missing = texts.length;
      let over = false;
      const end = (how: () => void): void => {
        if (over) return;
        over = true;
        signal?.removeEventListener('abort', aborted);
        how();
      };
      const aborted = (): void => end(() => reject(signal!.reason as Error));
      if (signal?.aborted) return aborted();
      if (missing === 0) return resolve([]);
      signal?.addEventListener('abort', aborted);
      texts.forEach((text, index) => {
        this.lanes[as].push({
          text,
          isGivenUp: () => over,
          resolve: (vector) => {
            vectors[index] = vector;
            missing -= 1;
            if (missing === 0) end(() => resolve(vectors));
          },
          reject: (error) => end(() => reject(error as Error)),
        });
      });
    });
  }

  /** The next one that somebody still waits for. */
  take(): QueuedText | undefined {
    const { question, passage } = this.lanes;
    for (;;) {
      const next = question.shift() ?? passage.shift();
      if (next === undefined || !next.isGivenUp()) return next;
    }
  }

  rejectAll(error: Error): void {
    for (const lane of Object.values(this.lanes)) for (const text of lane.splice(0)) text.reject(error);
  }
}
