/** The page's own few lines; the chat is called before it has arrived. */
window.$baton =
  window.$baton ||
  function () {
    ($baton.q = $baton.q || []).push(arguments);
  };

document.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const { chat, text } = button.dataset;
  if (chat) $baton('open');
  if (chat === 'send') $baton('send', text);
  if (button.closest('.buy')) {
    const count = document.querySelector('#basket span');
    count.textContent = String(Number(count.textContent) + 1);
  }
});
