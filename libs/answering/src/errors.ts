/** What kept us from an answer; `code` is stable, the message never holds anybody's words. */
export class AnsweringError extends Error {
  constructor(
    readonly code:
      | 'answering.nothing-asked'
      | 'answering.retrieval-failed'
      | 'answering.model-unreachable'
      | 'answering.model-refused'
      | 'answering.model-late'
      | 'answering.model-unreadable',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'AnsweringError';
  }
}
