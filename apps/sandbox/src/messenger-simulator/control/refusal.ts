/** What the control API does not do, and why; nothing of Meta's. */
export class ControlRefusal extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message?: string,
  ) {
    super(message);
  }
}

export const notFound = (what: 'app' | 'page' | 'person' | 'message' | 'hook'): ControlRefusal =>
  new ControlRefusal(404, `${what}_not_found`);
export const badRequest = (message: string): ControlRefusal => new ControlRefusal(400, 'bad_request', message);
