import { createHash } from 'node:crypto';
import { Html } from './html.js';

/** The page's own style, inline so that nothing else has to be loaded; readable on a phone and in the dark. */
const STYLE = `
:root{color-scheme:light dark;--bg:#f4f5f8;--card:#fff;--ink:#1b1f29;--soft:#5d6675;--line:#e2e5ec;--visitor:#eef1f6;--bot:#e9f0fe;--bot-ink:#1d4fb8;--agent:#e5f5ec;--agent-ink:#12693c;--warn:#8a5a00;--focus:#2f6fed}
@media (prefers-color-scheme:dark){:root{--bg:#12151b;--card:#1a1e26;--ink:#e8ebf1;--soft:#9aa4b4;--line:#2b313c;--visitor:#262c37;--bot:#1c2a47;--bot-ink:#9dbdff;--agent:#17332a;--agent-ink:#86dbb0;--warn:#e7bb66;--focus:#7ea6ff}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans",sans-serif}
a{color:inherit}
a:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:4px}
.sheet{max-width:46rem;margin:0 auto;padding:0 1rem 3rem}
header{padding:1.75rem 0 1.25rem}
h1{font-size:1.375rem;line-height:1.25;margin:0 0 .35rem;letter-spacing:-.01em}
.facts{margin:0;color:var(--soft);font-size:.875rem;display:flex;flex-wrap:wrap;gap:.15rem .55rem}
.facts span+span::before{content:"·";margin-inline-end:.55rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:1.1rem}
ol{list-style:none;margin:0;padding:0}
.day,.mark{display:flex;align-items:center;gap:.75rem;color:var(--soft);font-size:.8125rem;margin:1.1rem 0}
.day::before,.day::after,.mark::before,.mark::after{content:"";flex:1;height:1px;background:var(--line)}
.mark{color:var(--agent-ink);font-weight:600}
.quiet{color:var(--soft);font-weight:400}
.mark span{max-width:75%;text-align:center}
.system{color:var(--soft);font-size:.875rem;text-align:center;margin:.7rem auto;max-width:34rem}
.turn{display:flex;flex-direction:column;align-items:flex-start;margin:.85rem auto 0 0;max-width:85%}
.visitor{align-items:flex-end;margin:.85rem 0 0 auto}
.who{display:flex;flex-wrap:wrap;align-items:baseline;gap:.1rem .5rem;font-size:.8125rem;margin:0 .2rem .2rem}
.visitor .who{justify-content:flex-end}
.name{font-weight:600}
.role{color:var(--soft)}
.bot .name{color:var(--bot-ink)}
.agent .name{color:var(--agent-ink)}
.who time,.who .note{color:var(--soft)}
.bubble{padding:.6rem .85rem;border-radius:14px;background:var(--visitor);max-width:100%;overflow-wrap:anywhere;white-space:pre-wrap}
.visitor .bubble{border-bottom-right-radius:4px}
.bot .bubble{background:var(--bot);border-bottom-left-radius:4px}
.agent .bubble{background:var(--agent);border-bottom-left-radius:4px}
.gone .bubble{background:none;border:1px dashed var(--line);color:var(--soft);font-style:italic}
.replies{list-style:none;display:flex;flex-wrap:wrap;gap:.35rem;margin:.4rem 0 0;padding:0}
.replies li{border:1px solid var(--line);border-radius:999px;padding:.1rem .65rem;font-size:.8125rem;color:var(--soft)}
.status{font-size:.8125rem;color:var(--warn);margin:.2rem .2rem 0}
nav{display:flex;justify-content:space-between;gap:1rem;margin:1rem 0;font-size:.9375rem}
nav a,nav span{padding:.45rem .8rem;border:1px solid var(--line);border-radius:10px;background:var(--card);text-decoration:none}
nav span{color:var(--soft);border-color:transparent;background:none}
footer{color:var(--soft);font-size:.8125rem;text-align:center;margin-top:1.25rem}
.empty{color:var(--soft);text-align:center;padding:2rem 0;margin:0}
.notice{max-width:30rem;margin:18vh auto 0;text-align:center}
.notice p{color:var(--soft);margin:.6rem 0 0}
@media (max-width:30rem){.turn{max-width:94%}.card{padding:.8rem;border-radius:12px}header{padding-top:1.25rem}}
@media print{body{background:#fff}.card{border:0;padding:0}nav{display:none}.bubble{border:1px solid var(--line)}}
`;

/** Written by hand, outside of any template: the policy names these very characters, and one space more would switch the style off. */
export const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);

/** Nothing may be loaded, run, framed or sent from here; only this very style applies. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
