import { call } from '../page-kit/control.js';
import { h } from '../page-kit/elements.js';

// What Crisp shows under Settings and at its Marketplace: ids and tokens to copy, and where web hooks go.

const announcer = document.querySelector('#announcer');

function fact(name, value) {
  const button = h('button', { class: 'copy', type: 'button', 'aria-label': `Copy: ${name}` }, 'Copy');
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(value);
    button.textContent = 'Copied';
    announcer.textContent = `${name} copied`;
    setTimeout(() => (button.textContent = 'Copy'), 2_000);
  });
  return h('div', {}, h('dt', {}, name), h('dd', {}, value), button);
}

function hookForm({ website_id, name, hook_url }) {
  const input = h('input', { type: 'url', value: hook_url ?? '', placeholder: 'http://…/webhook/…?key=…', autocomplete: 'off' });
  const told = h('p', { class: 'soft', role: 'status' });
  const form = h(
    'form',
    { novalidate: true, 'aria-label': `Web hook of ${name}` },
    h('label', {}, 'Web hook of this workspace', input),
    h('button', { class: 'primary', type: 'submit' }, 'Save'),
    told,
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    told.className = 'soft';
    try {
      await call('PUT', `/websites/${website_id}/hook`, { hook_url: input.value.trim() });
      told.textContent = 'Saved. Everything that happens in this workspace is sent there from now on.';
    } catch (error) {
      told.className = 'wrong';
      told.textContent = error.message;
    }
  });
  return form;
}

const KINDS = { plugin: 'plugin token', website: 'website token' };

function shown({ tokens, ...website }) {
  return h(
    'section',
    { 'aria-label': website.name },
    h('h2', {}, website.name),
    h(
      'dl',
      {},
      fact('Website ID', website.website_id),
      ...tokens.flatMap(({ identifier, key, tier }) => [fact(`Token ID (${KINDS[tier] ?? tier})`, identifier), fact('Token key', key)]),
    ),
    hookForm(website),
  );
}

const { websites } = await call('GET', '/tokens');
document.querySelector('#websites').replaceChildren(...websites.map(shown));
