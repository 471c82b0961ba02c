import { MessengerError } from './messenger-error.js';
import { classifyMessengerError } from './classify.js';
import type { CallOptions, MessengerClientOptions, MessengerProfile, Persona, SenderActionRequest, SendRequest, Sent } from './requests.js';

/** The calls of Meta's Graph API that Baton needs. Every method rejects with a `MessengerError` and nothing else; none tries again by itself. */
export class MessengerClient {
  constructor(private readonly options: MessengerClientOptions) {}

  send(request: SendRequest, o: CallOptions = {}): Promise<Sent> {
    return this.call(request, o);
  }

  senderAction(request: SenderActionRequest, o: CallOptions = {}): Promise<void> {
    return this.call(request, o);
  }

  createPersona(
    request: { readonly pageId: string; readonly name: string; readonly pictureUrl?: string },
    o: CallOptions = {},
  ): Promise<{ personaId: string }> {
    return this.call(request, o);
  }

  listPersonas(pageId: string, o: CallOptions = {}): Promise<Persona[]> {
    return this.call(pageId, o);
  }

  deletePersona(personaId: string, o: CallOptions = {}): Promise<void> {
    return this.call(personaId, o);
  }

  profile(userId: string, o: CallOptions = {}): Promise<MessengerProfile> {
    return this.call(userId, o);
  }

  private call<T>(request: unknown, o: CallOptions): Promise<T> {
    void [this.options, request, o];
    return Promise.reject(
      new MessengerError({ class: classifyMessengerError(1, undefined, 500), mayHaveHappened: false, route: 'POST /messages' }),
    );
  }
}
