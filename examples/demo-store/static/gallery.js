/** Copies the markup of a widget to the clipboard, and says so. */

document.addEventListener('click', async ({ target }) => {
  const button = target instanceof Element ? target.closest('[data-copy]') : null;
  const code = document.getElementById(button?.getAttribute('data-copy') ?? '');
  if (!button || !code) return;
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = 'Copied';
  } catch {
    // A browser that forbids it: the text is there to be taken by hand.
    getSelection()?.selectAllChildren(code);
  }
});
