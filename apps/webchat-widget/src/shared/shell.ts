/** What the bot's owner set for the widget. */
export interface BotConfig {
  readonly name?: string | undefined;
  readonly avatar?: string | undefined;
  readonly title?: string | undefined;
  readonly accent?: string | undefined;
  readonly greeting?: string | undefined;
  readonly locale?: string | undefined;
  /** What the visitor may hand in; nothing when it is absent. */
  readonly files?: { readonly maxBytes: number } | undefined;
}

/** What the page may wish, by `data-` attributes of the snippet or by `set`. Other values are as if absent. */
export interface Options {
  /** BCP 47; else the page's language, the browser's, the bot's. */
  locale?: string | undefined;
  theme?: 'light' | 'dark' | 'auto' | undefined;
  /** Else where a line ends in the visitor's language. */
  position?: 'left' | 'right' | undefined;
  zIndex?: string | number | undefined;
  sound?: 'on' | 'off' | undefined;
}

/** What the loader has made already when the panel arrives. */
export interface Shell {
  readonly bot: string;
  /** Of the server's public interface, with a slash at the end. */
  readonly base: string;
  readonly shadow: ShadowRoot;
  /** Everything visible hangs below it; carries direction, side and colour scheme. */
  readonly frame: HTMLElement;
  readonly launcher: HTMLButtonElement;
  readonly nonce: string | undefined;
  readonly config: BotConfig;
  readonly options: Options;
  emit(event: string, detail?: unknown): void;
}

export interface State {
  readonly open: boolean;
  readonly unread: number;
  readonly connected: boolean;
  readonly mode: 'bot' | 'escalating' | 'waiting' | 'agent';
}

/** What the loader asks of the panel. */
export interface Panel {
  readonly state: State;
  /** `focus`: the visitor asked for it, so the keyboard goes there. */
  open(focus: boolean): void;
  close(): void;
  send(text: string): void;
  prefill(text: string): void;
  /** The frame was dressed anew. */
  dressed(): void;
  reset(): void;
  destroy(): void;
}

export interface PanelModule {
  mount(shell: Shell): Panel;
}

/** Where things of a bot are kept in the browser. */
export function keepPrefix(bot: string): string {
  return `baton:${bot}:`;
}
