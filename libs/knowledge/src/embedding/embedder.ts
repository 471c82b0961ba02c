/** Turns texts into vectors of one length; the nearer two point, the nearer their meaning. */
export interface Embedder {
  /** Names model and version; vectors of another one cannot be compared with these. */
  readonly id: string;
  readonly dimensions: number;
  /**
   * One unit vector for each text, in order. Questions and passages are told apart because many models were trained so.
   * @throws EmbeddingError when the model cannot be reached or refuses
   */
  embed(texts: readonly string[], as: 'question' | 'passage', signal?: AbortSignal): Promise<Float32Array[]>;
  close(): Promise<void>;
}
