import { api } from './api.js';
import { h } from '../page-kit/elements.js';
import { icon } from './icons.js';

const STICKERS = ['thumb', 'heart', 'parcel', 'cat'];
const MOST_BYTES = 25 * 1_048_576;

/** Where the person writes: text, a sticker, a picture or file, or a button of the page. */
export class Composer {
  element;
  #psid;
  #area;
  #tray = h('div', { class: 'tray', hidden: true });
  #problem = h('p', { class: 'problem', role: 'alert' });
  #send;

  /** @param options `{ psid, onEscape() }` */
  constructor({ psid, onEscape }) {
    this.#psid = psid;
    this.#area = h('textarea', {
      rows: '1',
      'aria-label': 'Your message',
      placeholder: 'Write to the page',
      dir: 'auto',
      input: () => this.#grow(),
      keydown: (event) => this.#key(event, onEscape),
    });
    const files = h('input', {
      type: 'file',
      class: 'unseen',
      tabindex: '-1',
      'aria-hidden': 'true',
      change: () => void this.#upload(files),
    });
    this.#send = h('button', { type: 'submit', class: 'send', 'aria-label': 'Send' }, icon('send'));
    this.element = h(
      'form',
      { class: 'composer', submit: (event) => (event.preventDefault(), void this.#say()) },
      this.#tray,
      h(
        'div',
        { class: 'write' },
        this.#trayButton('plus', 'Send something else', () => this.#more(files)),
        h(
          'div',
          { class: 'field' },
          this.#area,
          this.#trayButton('sticker', 'Stickers', () => this.#stickers()),
        ),
        this.#send,
      ),
      files,
      this.#problem,
    );
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.#tray.hidden) return;
      event.stopPropagation();
      this.#closeTray(true);
    });
  }

  focus() {
    this.#area.focus();
  }

  #trayButton(name, label, content) {
    const button = h(
      'button',
      {
        type: 'button',
        class: 'quiet',
        'aria-label': label,
        title: label,
        'aria-expanded': 'false',
        click: () => {
          const isOpen = button.getAttribute('aria-expanded') === 'true';
          this.#closeTray();
          if (isOpen) return;
          this.#tray.replaceChildren(...content());
          this.#tray.hidden = false;
          button.setAttribute('aria-expanded', 'true');
          this.#tray.querySelector('button')?.focus();
        },
      },
      icon(name),
    );
    return button;
  }

  #closeTray(focusBack = false) {
    const opener = this.element.querySelector('[aria-expanded="true"]');
    this.#tray.hidden = true;
    opener?.setAttribute('aria-expanded', 'false');
    if (focusBack) opener?.focus();
  }

  #more(files) {
    const item = (name, label, act) =>
      h('button', { type: 'button', class: 'item', click: () => (this.#closeTray(), void this.#try(act)) }, icon(name), label);
    return [
      item('file', 'A file of yours …', () => files.click()),
      item('picture', 'Sample picture', () => api.sample(this.#psid, 'image')),
      item('mic', 'Sample voice', () => api.sample(this.#psid, 'audio')),
      item('film', 'Sample video', () => api.sample(this.#psid, 'video')),
      item('file', 'Sample PDF', () => api.sample(this.#psid, 'file')),
      item('flag', '“Get started”', () => api.postback(this.#psid, 'Get started', 'GET_STARTED')),
    ];
  }

  #stickers() {
    return STICKERS.map((name) =>
      h(
        'button',
        {
          type: 'button',
          class: 'sticker-choice',
          'aria-label': `Sticker: ${name}`,
          click: () => (this.#closeTray(), void this.#try(() => api.sticker(this.#psid, name))),
        },
        h('img', { src: `/stickers/${name}.png`, alt: '', width: '64', height: '64' }),
      ),
    );
  }

  #grow() {
    this.#area.style.setProperty('height', 'auto');
    this.#area.style.setProperty('height', `${Math.min(this.#area.scrollHeight, 120)}px`);
    this.#send.classList.toggle('ready', this.#area.value.trim() !== '');
  }

  #key(event, onEscape) {
    if (event.key === 'Escape' && this.#tray.hidden) return onEscape();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void this.#say();
  }

  async #say() {
    const text = this.#area.value.trim();
    if (!text) return;
    this.#area.value = '';
    this.#grow();
    this.#closeTray();
    await this.#try(() => api.say(this.#psid, text)).then((isSaid) => {
      if (isSaid) return;
      this.#area.value = text;
      this.#grow();
    });
    this.focus();
  }

  async #upload(files) {
    const [file] = files.files;
    files.value = '';
    if (!file) return;
    if (file.size > MOST_BYTES) this.#problem.textContent = 'Messenger takes files of at most 25 MB.';
    else await this.#try(() => api.upload(this.#psid, file));
  }

  async #try(act) {
    this.#problem.textContent = '';
    try {
      await act();
      return true;
    } catch (error) {
      this.#problem.textContent = `Not sent: ${error.message}`;
      return false;
    }
  }
}
