import type { Floor } from '@baton/contracts';
import type { Agent } from '../conversation/log.js';
import { h } from '../shared/dom.js';
import { avatarOf } from './avatar.js';
import { icons } from './icons.js';
import { nameOf } from './row-view.js';
import type { Voice } from './voice.js';

export interface HeaderState {
  readonly floor: Floor;
  readonly agent: Agent | undefined;
  readonly muted: boolean;
}

export interface HeaderActions {
  close(): void;
  mute(): void;
  leave(): void;
}

/** Who one talks with, the switches, and below them the strip that tells where a handover stands. */
export class Header {
  readonly element: HTMLElement;
  private readonly heading = h('bdi');
  private readonly face = h('div', { class: 'face' });
  private readonly sub = h('p', { class: 'sub' });
  private readonly mute: HTMLButtonElement;
  private readonly strip: HTMLElement;
  private readonly stripText = h('p');
  private drawn = '';

  constructor(
    private readonly voice: Voice,
    private readonly bot: { readonly title: string; readonly name?: string | undefined; readonly avatar?: string | undefined },
    actions: HeaderActions,
  ) {
    this.mute = h('button', { type: 'button', class: 'tool', onclick: actions.mute });
    const close = h(
      'button',
      { type: 'button', class: 'tool', 'aria-label': voice.say('close'), title: voice.say('close'), onclick: actions.close },
      icons.cross(),
    );
    const leave = h('button', { type: 'button', class: 'leave', onclick: actions.leave }, icons.hand(), voice.say('leave'));
    this.strip = h('div', { class: 'strip', hidden: true }, h('span', { class: 'beat', 'aria-hidden': 'true' }), this.stripText, leave);
    const top = h(
      'div',
      { class: 'top' },
      this.face,
      h('div', { class: 'who' }, h('h2', { id: 'baton-title' }, this.heading), this.sub),
      this.mute,
      close,
    );
    this.element = h('header', { part: 'header' }, top, this.strip);
  }

  draw(state: HeaderState): void {
    const as = JSON.stringify(state);
    if (as === this.drawn) return;
    this.drawn = as;
    const { voice, bot } = this;
    const { floor, agent, muted } = state;
    const withAgent = floor === 'agent';
    const author = {
      kind: withAgent ? 'agent' : 'bot',
      name: withAgent ? agent?.name : bot.name,
      avatar: withAgent ? agent?.avatar : bot.avatar,
    } as const;
    const { name, role } = nameOf(author, voice);
    this.face.replaceChildren(avatarOf(author));
    this.heading.textContent = withAgent ? name : bot.title;
    this.sub.textContent = withAgent ? (role ?? '') : role ? `${name} · ${role}` : `${name} · ${voice.say('answers')}`;
    const label = voice.say(muted ? 'unmute' : 'mute');
    this.mute.replaceChildren(muted ? icons.bellOff() : icons.bell());
    this.mute.ariaLabel = this.mute.title = label;
    this.element.className = floor;
    this.strip.hidden = floor === 'bot';
    this.strip.className = `strip ${floor}`;
    if (floor !== 'bot') this.stripText.textContent = withAgent ? voice.say('talking', { name }) : voice.say(floor);
  }
}
