/** Whether this process makes spans, and whether a cause that was not recorded decides that what follows from it is not either. */
export interface Recording {
  readonly isOn: boolean;
  readonly followsCause: boolean;
}

const OFF: Recording = { isOn: false, followsCause: true };

let recording = OFF;

/** Known without asking the SDK, so that what nobody records costs next to nothing. */
export function currentRecording(): Recording {
  return recording;
}

export function setRecording(now: Recording = OFF): void {
  recording = now;
}
