/** What agents are told in answer to a command. */
export const Replies = {
  givenBack: 'The visitor is with the bot again. Write to him here to take over once more.',
  withBot: 'The visitor is with the bot: there is nothing to give back or to hold. Write to him here to take over.',
  notYet: 'The visitor is just being brought here. Wait a moment, and write it again.',
  elsewhere: 'The visitor is in a newer conversation of this inbox. Write it there.',
  tooLate: 'This came too late, or for an earlier handover, and was not carried out. Write it again if it still holds.',
  holdEnded: 'The hold is over: the normal times run from now on.',
  notHeld: 'Nothing is on hold here.',
  noAssistant:
    'In a conversation that came from a handover the assistant never speaks: there is nothing to switch. `!bot` gives the visitor back to the bot.',
} as const;

const HELP = [
  '`!bot` – the visitor goes back to the bot now; `!bot <block>`: the bot goes on with that block of its flow.',
  '`!hold 20m` – he is not given back by himself for so long (1 minute to 8 hours, `1h`, `90s`, `45` are minutes), and is told so; `!hold off` ends it.',
  '`!why` – how he came here, and what happens next.',
  '`!help` – this.',
].join('\n');

/** @param unknown what was written and is no command */
export function helpText(unknown: string | null): string {
  return unknown === null ? HELP : `I do not understand “${unknown}”. In a private note, alone in its first line, I know:\n${HELP}`;
}
