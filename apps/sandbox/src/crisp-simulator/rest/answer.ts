/** Crisp's envelope: every answer is JSON, with a reason in one word. */
export interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly data: unknown;
}

export const resolved = (data: unknown): Answer => ({ status: 200, reason: 'resolved', data });
export const updated = (data: unknown = {}): Answer => ({ status: 200, reason: 'updated', data });
export const deleted = (): Answer => ({ status: 200, reason: 'deleted', data: {} });
export const added = (data: unknown): Answer => ({ status: 201, reason: 'added', data });
export const dispatched = (data: unknown = {}): Answer => ({ status: 202, reason: 'dispatched', data });
/** 206 says that more is behind this page. */
export const listed = (data: unknown[], more: boolean): Answer => ({ status: more ? 206 : 200, reason: 'listed', data });

/** A refusal, thrown by whoever finds it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    readonly detail?: string,
  ) {
    super(reason);
  }

  get envelope(): { error: true; reason: string; data: { message?: string } } {
    return { error: true, reason: this.reason, data: this.detail ? { message: this.detail } : {} };
  }
}

export const invalidData = (message: string): Refusal => new Refusal(400, 'invalid_data', message);
export const notFound = (what: 'conversation' | 'message' | 'people' | 'website' | 'operator'): Refusal =>
  new Refusal(404, `${what}_not_found`);
