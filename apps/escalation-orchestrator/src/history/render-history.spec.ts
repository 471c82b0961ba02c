import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { HistoryView, ViewHandover, ViewLine } from './history-view.js';
import { CONTENT_SECURITY_POLICY } from './history-style.js';
import { renderHistory, renderNotice } from './render-history.js';

const at = new Date('2026-01-05T10:00:00.000Z');

function aLine(patch: Partial<ViewLine> = {}): ViewLine {
  return {
    author: { kind: 'visitor' },
    body: { type: 'text', text: 'hello' },
    at,
    editedAt: null,
    via: null,
    status: null,
    failure: null,
    reason: null,
    handoverId: null,
    ...patch,
  };
}

function aView(patch: Partial<HistoryView> = {}): HistoryView {
  return {
    botName: 'Robin',
    visitorName: null,
    channel: 'webchat',
    startedAt: at,
    floor: 'bot',
    lines: [aLine()],
    handovers: [],
    priorLines: [],
    page: 1,
    pages: 1,
    total: 1,
    expiresAt: at,
    path: '/history/x',
    ...patch,
  };
}

const aHandover: ViewHandover = {
  id: 'h',
  number: 1,
  category: null,
  reason: null,
  cause: null,
  agentName: null,
  requestedAt: at,
  endedAt: null,
  outcome: null,
  outcomeDetail: null,
  followedUp: false,
};

describe('the page of a conversation', () => {
  it.each(['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onmouseover='x", '</style><script>', '&lt;b&gt;'])(
    'shows %s as it was written, wherever it stands',
    (text) => {
      const body = { type: 'text' as const, text, quickReplies: [{ title: text, payload: text }] };
      const page = renderHistory(
        aView({
          botName: text,
          visitorName: text,
          lines: [
            aLine({ body, author: { kind: 'agent', name: text }, handoverId: 'h' }),
            aLine({ body: { type: 'file', name: text, url: 'https://x.test/?a="b"', contentType: 'a/b' } }),
          ],
          handovers: [
            {
              ...aHandover,
              category: text,
              reason: text,
              cause: { by: 'words', detail: text },
              agentName: text,
            },
          ],
          priorLines: [{ speaker: 'visitor', text, at: null }],
        }),
      );
      const tags = page.replace(/<style>.*<\/style>/s, '').match(/<[^!][^>]*>/g) ?? [];
      const names = new Set(tags.map((tag) => /^<\/?([a-z0-9]+)/.exec(tag)?.[1]));
      for (const never of ['script', 'img', 'b', 'style', undefined]) expect(names).not.toContain(never);
      expect(tags.filter((tag) => /\son\w+\s*=/.test(tag))).toEqual([]);
    },
  );

  it('marks what was edited, removed, withdrawn or not delivered', () => {
    const page = renderHistory(
      aView({
        lines: [
          aLine({ editedAt: at }),
          aLine({ body: null, author: { kind: 'agent', name: 'Mia' } }),
          aLine({ status: 'superseded' }),
          aLine({ status: 'failed', failure: 'blocked', reason: '"messenger.blocked"' }),
          aLine({ status: 'waiting', failure: 'token-dead' }),
          aLine({ status: 'sent' }),
        ],
      }),
    );
    for (const words of [
      'edited',
      'removed by its author',
      'Withdrawn before the visitor saw it',
      'title="&quot;messenger.blocked&quot;"',
      'Not delivered: the visitor cannot be reached any more',
      'Not delivered yet: the channel has to be connected again',
    ])
      expect(page).toContain(words);
    expect(page.match(/Not delivered/g)).toHaveLength(2);
  });

  it('shows where a handover began and how it ended', () => {
    const page = renderHistory(
      aView({
        lines: [aLine({ handoverId: 'h' }), aLine()],
        handovers: [{ ...aHandover, number: 2, category: 'billing', agentName: 'Mia', endedAt: at, outcome: 'timed-out' }],
      }),
    );
    expect(page).toContain('Handover 2 · asked for at 10:00 · billing · with Mia');
    expect(page).toContain('End of handover 2: nobody answered in time');
  });

  it('shows that nobody could be asked, before the line that says so, on its page only', () => {
    const later = new Date(at.getTime() + 60_000);
    const declined = { ...aHandover, outcome: 'declined', outcomeDetail: 'closed' };
    const handovers = [
      { ...declined, endedAt: at },
      { ...declined, id: 'i', number: 2, requestedAt: later, endedAt: later },
      { ...declined, id: 'j', number: 3, requestedAt: later, endedAt: new Date(later.getTime() + 20_000) },
    ];
    const page = renderHistory(aView({ lines: [aLine({ at: later, body: { type: 'text', text: 'closed now' } })], handovers }));
    expect(page).toMatch(/Handover 2 · asked for at 10:01: the team was closed.*closed now/s);
    expect(page).not.toMatch(/Handover [13]/);
  });

  it('is paged when it is long', () => {
    expect(renderHistory(aView())).not.toContain('aria-label="Pages"');
    const page = renderHistory(aView({ page: 2, pages: 3 }));
    expect(page).toContain('href="/history/x?page=1"');
    expect(page).toContain('href="/history/x?page=3"');
  });

  it('has a style that its policy lets through', () => {
    for (const page of [renderHistory(aView()), renderNotice('Gone', 'It is.')]) {
      const style = /<style>(.*)<\/style>/s.exec(page)?.[1] ?? '';
      expect(CONTENT_SECURITY_POLICY).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    }
  });

  it('loads nothing and runs nothing', () => {
    expect(CONTENT_SECURITY_POLICY).toMatch(
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    for (const page of [renderHistory(aView()), renderNotice('Gone', 'It is.')]) {
      expect(page).toContain('<meta name="robots" content="noindex');
      expect(page).not.toMatch(/<script|<link|\ssrc=|\sstyle=/);
    }
  });
});
