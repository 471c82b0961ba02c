import { safeParse } from '@baton/contracts';
import type { CrispWebhook } from '@baton/contracts';
import { CrispMessageSchema, parseCrispHook } from '@baton/crisp';
import type { CrispFact, CrispMessage } from '@baton/crisp';
import { commandOf } from './commands/command.js';
import type { Command } from './commands/command.js';
import type { InboxFact } from './session-rules.js';
import { speakerOf } from './who-may-be-answered.js';

/** What a web hook, or a message that was found in a list, means for its session. */
export interface Reading {
  readonly facts: readonly InboxFact[];
  /** To be answered by a note. */
  readonly command?: { readonly command: Command; readonly at: number; readonly fingerprint: number };
  /** Names the fact, the same for each of its copies; absent where a copy does no harm. */
  readonly id?: readonly (string | number)[];
  /** It may be the first that we see of a session. */
  readonly begins: boolean;
}

export type HookReading = Reading | { readonly ignored: string } | { readonly unreadable: string };

/** @param hook an envelope after its schema */
export function readHook(hook: CrispWebhook): HookReading {
  if (hook.event === 'session:set_block') return readBlock(hook);
  const fact = parseCrispHook(hook);
  switch (fact.kind) {
    case 'unreadable':
      // An agent's word that says nothing we could show is his word all the same.
      return hook.event === 'message:received' || hook.event === 'message:send'
        ? readWords(hook, fact.envelopeAt)
        : { unreadable: fact.reason };
    case 'visitor-message':
    case 'agent-message':
    case 'operator-line':
      return readWords(hook, fact.envelopeAt);
    case 'edited':
      return {
        facts: [{ kind: 'edited', fingerprint: fact.fingerprint, at: fact.envelopeAt, text: textOf(hook.data['content']) }],
        begins: false,
      };
    case 'removed':
      return { facts: [{ kind: 'deleted', fingerprint: fact.fingerprint, at: fact.envelopeAt }], begins: false };
    case 'state':
      return fact.state === 'resolved'
        ? { facts: [{ kind: 'resolved', at: fact.envelopeAt }], begins: false }
        : { ignored: `state-${fact.state}` };
    case 'routing':
      return fact.operatorId === null ? { ignored: 'unassigned' } : { facts: [{ kind: 'assigned', at: fact.envelopeAt }], begins: true };
    case 'typing':
      return fact.by === 'visitor' && fact.typing && !fact.automated
        ? { facts: [{ kind: 'typing', at: fact.envelopeAt }], begins: false }
        : { ignored: 'typing' };
    case 'session-removed':
      return { facts: [{ kind: 'session-removed' }], begins: false };
    case 'opened':
    case 'segments':
    case 'read':
    case 'delivered':
    case 'rating':
    case 'other':
      return { ignored: kindOf(fact) };
  }
}

function readWords(hook: CrispWebhook, envelopeAt: number): HookReading {
  const message = safeParse(CrispMessageSchema, hook.data);
  if (!message.success) return { unreadable: `${message.error.issues[0]?.path.join('.') || 'data'} is not as Crisp documents it` };
  // What is told as one side's and written as the other's is nobody's word.
  if ((hook.event === 'message:send') !== (message.data.from === 'user')) return { ignored: 'of-neither-side' };
  return readMessage(message.data, envelopeAt);
}

/** @param at when Crisp sent it out (ms); of a message in a list, when it was written */
export function readMessage(message: CrispMessage, at: number): Reading | { readonly ignored: string } {
  const { fingerprint } = message;
  const id = ['said', fingerprint];
  const text = textOf(message.content);
  switch (speakerOf(message)) {
    case 'question':
      return { facts: [{ kind: 'visitor-line', fingerprint, at, text }], id, begins: true };
    case 'human':
      return { facts: [{ kind: 'human-line', fingerprint, at, text }], id, begins: true };
    case 'machine':
      return message.from === 'operator' && text !== ''
        ? { facts: [{ kind: 'machine-line', fingerprint, at, text }], id, begins: false }
        : { ignored: 'machine' };
    case 'handover':
      return { facts: [{ kind: 'handover' }], begins: true };
    case 'note': {
      const command = commandOf(text);
      if (command === undefined) return { ignored: 'note' };
      const says = command === 'on' || command === 'off' ? command : undefined;
      return { facts: says === undefined ? [] : [{ kind: 'command', at, says }], command: { command, at, fingerprint }, id, begins: true };
    }
    case 'own':
      return { ignored: 'echo' };
    case 'attachment':
      return { ignored: 'attachment' };
    case 'none':
      return { ignored: 'nobodys-word' };
  }
}

function readBlock(hook: CrispWebhook): HookReading {
  const is = hook.data['is_blocked'];
  if (typeof is !== 'boolean') return { unreadable: 'is_blocked is not as Crisp documents it' };
  return { facts: [{ kind: 'blocked', at: parseCrispHook(hook).envelopeAt, is }], begins: false };
}

/** Only texts are read; what a file or a picker says is its own affair. */
function textOf(content: unknown): string {
  return typeof content === 'string' ? content : '';
}

function kindOf({ kind }: CrispFact): string {
  return kind === 'other' ? 'other-event' : kind;
}
