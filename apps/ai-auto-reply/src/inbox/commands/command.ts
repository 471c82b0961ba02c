import { noteCommandOf } from '@baton/crisp';

/** What an agent asks of the assistant by a private note; `help` for a command that has nothing to do here, or is none. */
export type Command = 'on' | 'off' | 'why' | 'help';

/** Undefined for a note that is a person's word. */
export function commandOf(note: string): Command | undefined {
  const command = noteCommandOf(note);
  switch (command?.do) {
    case undefined:
      return undefined;
    case 'assistant':
      return command.on ? 'on' : 'off';
    case 'why':
      return 'why';
    case 'give-back':
    case 'hold':
    case 'help':
      return 'help';
  }
}
