export type Listener = (detail: unknown) => void;

export interface Emitter {
  on(event: string, listener: Listener): void;
  /** Without a listener, everybody stops listening to the event. */
  off(event: string, listener?: Listener): void;
  emit(event: string, detail?: unknown): void;
  /** Calls a function of the host page, and survives it. */
  call(listener: Listener, detail: unknown): void;
}

/** Who listens to what. A listener that throws disturbs nobody else: its error is given to `onError`. */
export function createEmitter(onError: (error: unknown) => void): Emitter {
  let all: (readonly [string, Listener])[] = [];
  const call = (listener: Listener, detail: unknown) => {
    try {
      listener(detail);
    } catch (error) {
      onError(error);
    }
  };
  return {
    call,
    on: (event, listener) => void all.push([event, listener]),
    off: (event, listener) => (all = all.filter(([name, one]) => name !== event || (listener && one !== listener))) as never,
    emit: (event, detail) => all.slice().forEach(([name, one]) => name === event && call(one, detail)),
  };
}
