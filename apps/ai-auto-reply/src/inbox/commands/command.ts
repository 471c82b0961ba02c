/** What an agent asks of the assistant by a private note; `help` for what is no command of ours. */
export type Command = 'on' | 'off' | 'why' | 'help';

/** A note's command: its first line is one, alone and whatever the case; undefined for a note that is none. */
export function commandOf(note: string): Command | undefined {
  const first = note.trim().split('\n')[0]!.trim().toLowerCase().replace(/\s+/g, ' ');
  const asked = first.replace(/[.!?]+$/, '');
  if (asked === '!why') return 'why';
  if (asked === '!ai on') return 'on';
  if (asked === '!ai off') return 'off';
  if (asked === '!ai why') return 'why';
  return asked === '!ai' || first.startsWith('!ai ') ? 'help' : undefined;
}
