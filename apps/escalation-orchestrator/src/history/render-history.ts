import type { MessageBody } from '@baton/contracts';
import { beginningOf, endInWords, endOf } from './handover-words.js';
import type { HistoryView, ViewHandover, ViewLine, ViewPriorLine } from './history-view.js';
import { STYLE_ELEMENT } from './history-style.js';
import { type Html, html } from './html.js';

const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
const SHORT_DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

const ROLES = { visitor: 'visitor', bot: 'assistant', agent: 'support team', system: '' } as const;
const CHANNELS: Readonly<Record<string, string>> = { webchat: 'Webchat', messenger: 'Messenger' };
const FLOORS: Readonly<Record<string, string>> = {
  bot: 'The assistant has the floor',
  escalating: 'A human was asked for',
  waiting: 'Waiting for an agent',
  agent: 'An agent has the floor',
};
const FAILURES: Readonly<Record<string, string>> = {
  'window-closed': 'the visitor has not written for too long',
  blocked: 'the visitor cannot be reached any more',
  'token-dead': 'the channel has to be connected again',
  unsupported: 'the channel cannot show it',
  temporary: 'the channel did not take it for too long',
  rate: 'too much was sent at once',
  permanent: 'the channel refused it',
};
/** The whole page of a conversation. */
export function renderHistory(view: HistoryView): string {
  const title = view.visitorName ? `Conversation with ${view.visitorName}` : 'Conversation';
  return page(
    title,
    html`<div class="sheet">
      <header>
        <h1 dir="auto">${title}</h1>
        <p class="facts">
          <span>${view.botName}</span><span>${CHANNELS[view.channel] ?? view.channel}</span><span>since ${moment(view.startedAt)}</span
          ><span>${FLOORS[view.floor] ?? view.floor}</span>
        </p>
      </header>
      ${pager(view)}
      <main class="card">${view.priorLines.length > 0 && priorSection(view.priorLines)} ${transcript(view)}</main>
      ${pager(view)}
      <footer>Times are UTC. This link is private; it works until ${moment(view.expiresAt)}.</footer>
    </div>`,
  );
}

/** A page for a link that does not open anything (any more). */
export function renderNotice(title: string, text: string): string {
  return page(
    title,
    html`<main class="notice">
      <h1>${title}</h1>
      <p>${text}</p>
    </main>`,
  );
}

function page(title: string, content: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow, noarchive" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        ${content}
      </body>
    </html> `.text;
}

function transcript({ lines, handovers }: HistoryView): Html {
  if (lines.length === 0) return html`<p class="empty">Nothing was said yet.</p>`;
  const byId = new Map(handovers.map((handover) => [handover.id, handover]));
  const refused = handovers.filter(isRefusedAtOnce);
  const items: Html[] = [];
  let day = '';
  let episode: string | null = null;
  for (const line of lines) {
    const today = DAY.format(line.at);
    if (today !== day) items.push(html`<li class="day"><span>${today}</span></li>`);
    day = today;
    if (line.handoverId !== episode) {
      const [ended, began] = [byId.get(episode ?? ''), byId.get(line.handoverId ?? '')];
      if (ended?.endedAt) items.push(html`<li class="mark"><span>${endOf(ended)}</span></li>`);
      if (began) items.push(html`<li class="mark"><span dir="auto">${beginningOf(began, CLOCK.format(began.requestedAt))}</span></li>`);
      episode = line.handoverId;
    }
    while (refused[0] && refused[0].requestedAt.getTime() <= line.at.getTime()) {
      const said = refused.shift()!;
      if (line.at.getTime() - said.requestedAt.getTime() > AT_ONCE) continue;
      const words = `${beginningOf(said, CLOCK.format(said.requestedAt))}: ${endInWords(said)}`;
      items.push(html`<li class="mark"><span dir="auto">${words}</span></li>`);
    }
    items.push(lineItem(line));
  }
  return html`<ol>
    ${items}
  </ol>`;
}

/** Between a request that was turned down before anybody was asked, and the line that says so (ms). */
const AT_ONCE = 1_000;

/** Nothing was said in it, so that no line shows where it was. */
function isRefusedAtOnce({ outcome, requestedAt, endedAt }: ViewHandover): boolean {
  return outcome === 'declined' && endedAt !== null && endedAt.getTime() === requestedAt.getTime();
}

function lineItem(line: ViewLine): Html {
  const { author, body, at, editedAt, via } = line;
  if (author.kind === 'system') return html`<li class="system" dir="auto">${body?.type === 'text' ? body.text : ''}</li>`;
  const name = author.name ?? (author.kind === 'visitor' ? 'Visitor' : author.kind === 'bot' ? 'Assistant' : 'Agent');
  const role = author.kind === 'visitor' ? '' : ROLES[author.kind];
  return html`<li class="turn ${author.kind}${body === null && ' gone'}">
    <div class="who">
      <span class="name" dir="auto">${name}</span>${role && html`<span class="role">${role}</span>`}${clock(at)}${
        via === 'email' && html`<span class="note">by e-mail</span>`
      }${editedAt && body && html`<span class="note">edited ${clock(editedAt)}</span>`}
    </div>
    ${body === null ? html`<div class="bubble">This message was removed by its author.</div>` : bubble(body)} ${statusLine(line)}
  </li>`;
}

function bubble(body: MessageBody): Html {
  if (body.type === 'file') {
    return html`<div class="bubble"><a href="${body.url}" rel="noopener noreferrer nofollow" target="_blank" dir="auto">${body.name}</a></div>`;
  }
  return html`<div class="bubble" dir="auto">${body.text}</div>
    ${
      body.quickReplies &&
      body.quickReplies.length > 0 &&
      html`<ul class="replies">
        ${body.quickReplies.map((reply) => html`<li dir="auto">${reply.title}</li>`)}
      </ul>`
    }`;
}

function statusLine({ status, failure, reason }: ViewLine): Html | null {
  if (status === 'superseded') return html`<p class="status">Withdrawn before the visitor saw it</p>`;
  if (status !== 'failed' && status !== 'waiting') return null;
  const why = FAILURES[failure ?? ''];
  return html`<p class="status"${reason && html` title="${reason}"`}>
    ${status === 'failed' ? 'Not delivered' : 'Not delivered yet'}${why && `: ${why}`}
  </p>`;
}

function priorSection(lines: readonly ViewPriorLine[]): Html {
  return html`<ol aria-label="Before this conversation">
    <li class="mark quiet"><span>Before this conversation, as the assistant tells it</span></li>
    ${lines.map(
      ({ speaker, text, at }) =>
        html`<li class="turn ${speaker}">
          <div class="who">
            <span class="name">${speaker === 'visitor' ? 'Visitor' : speaker === 'bot' ? 'Assistant' : 'Agent'}</span>${at && clock(at)}
          </div>
          <div class="bubble" dir="auto">${text}</div>
        </li>`,
    )}
    <li class="mark quiet"><span>This conversation</span></li>
  </ol>`;
}

function pager({ page: current, pages, path }: HistoryView): Html | null {
  if (pages < 2) return null;
  const link = (to: number, label: string) =>
    to >= 1 && to <= pages ? html`<a href="${path}?page=${to}">${label}</a>` : html`<span></span>`;
  return html`<nav aria-label="Pages">
    ${link(current - 1, '← Earlier')}<span>Page ${current} of ${pages}</span>${link(current + 1, 'Later →')}
  </nav>`;
}

function clock(at: Date): Html {
  return html`<time datetime="${at.toISOString()}">${CLOCK.format(at)}</time>`;
}

function moment(at: Date): Html {
  return html`<time datetime="${at.toISOString()}">${SHORT_DAY.format(at)}, ${CLOCK.format(at)}</time>`;
}
