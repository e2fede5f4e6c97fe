/**
 * The store's own script: goes from page to page without loading a new one, as many themes do, and
 * counts what is in the basket. Everything works without it.
 */

/** The store's own pages are the only HTML that this policy is ever used for. */
const policy = window.trustedTypes?.createPolicy('store-navigation', {
  createHTML: (html) => html,
});

/**
 * @param {string} html
 * @returns {Document}
 */
function parse(html) {
  const trusted = /** @type {string} */ (/** @type {unknown} */ (policy?.createHTML(html) ?? html));
  return new DOMParser().parseFromString(trusted, 'text/html');
}

/**
 * Shows another page of the store in place of this one.
 * @param {URL} url
 * @returns {Promise<boolean>} whether that went well
 */
async function show(url) {
  const answer = await fetch(url, { headers: { accept: 'text/html' } });
  const next = parse(await answer.text());
  const [main, nextMain] = [document.querySelector('main'), next.querySelector('main')];
  if (!main || !nextMain) return false;
  document.title = next.title;
  main.replaceWith(document.adoptNode(nextMain));
  nextMain.focus({ preventScroll: true });
  return true;
}

/**
 * @param {MouseEvent} event
 * @returns {URL | undefined} where a plain click on a link of the store leads
 */
function linkTarget(event) {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  if (!link || !isPlain || event.defaultPrevented || link.origin !== location.origin)
    return undefined;
  const url = new URL(link.href);
  const isThisPage = url.pathname === location.pathname && url.search === location.search;
  return isThisPage && url.hash ? undefined : url;
}

/** @param {URL} url */
async function go(url) {
  try {
    if (!(await show(url))) throw new Error('The page has no main part.');
  } catch {
    location.assign(url);
    return;
  }
  history.pushState(null, '', url);
  window.scrollTo(0, 0);
}

document.addEventListener('click', (event) => {
  const url = linkTarget(event);
  if (!url) return;
  event.preventDefault();
  void go(url);
});

addEventListener('popstate', () => {
  show(new URL(location.href)).catch(() => location.reload());
});

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element && event.target.closest('[data-add-to-basket]');
  const basket = document.querySelector('#basket');
  if (button && basket) basket.textContent = String(Number(basket.textContent) + 1);
});
