/** What Graph answers when it refuses; the code and subcode decide, never the text. */
export class GraphError extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly subcode?: number,
    readonly type: 'OAuthException' | 'GraphMethodException' = 'OAuthException',
    readonly status = 400,
  ) {
    super(message);
  }

  /** `10/2018278`: how it is counted and asked for. */
  get label(): string {
    return this.subcode === undefined ? String(this.code) : `${this.code}/${this.subcode}`;
  }

  envelope(traceId: string): Record<string, unknown> {
    return {
      error: {
        message: `(#${this.code}) ${this.message}`,
        type: this.type,
        code: this.code,
        ...(this.subcode === undefined ? {} : { error_subcode: this.subcode }),
        fbtrace_id: traceId,
      },
    };
  }
}

export const badParameter = (message: string): GraphError => new GraphError(100, message);
export const outsideWindow = (): GraphError => new GraphError(10, 'This message is sent outside of allowed window.', 2018278);
export const unknownPerson = (): GraphError => new GraphError(100, 'No matching user found', 2018001);
export const unreachable = (): GraphError => new GraphError(551, 'This person is not available right now.', 1545041);
export const notOwner = (): GraphError => new GraphError(10, 'Another app is controlling this thread now.', 2018300);
export const noHumanAgent = (): GraphError => new GraphError(100, "Cannot tag messages with 'HUMAN_AGENT' without prior approval", 2018276);
export const rateLimited = (): GraphError => new GraphError(613, 'Calls to this API have exceeded the rate limit.', 2534040);
export const tokenDead = (): GraphError =>
  new GraphError(190, 'Error validating access token: the session has been invalidated.', 460, 'OAuthException', 401);
export const attachmentTrouble = (subcode: number): GraphError => new GraphError(100, 'The attachment could not be used.', subcode);
export const unknownObject = (id: string): GraphError =>
  new GraphError(100, `Unsupported request. Object with ID '${id}' does not exist or is not yours.`, 33, 'GraphMethodException');
