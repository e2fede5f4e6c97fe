/**
 * The store's own script: goes from page to page without loading a new one, as many themes do, and
 * counts what is in the basket. Everything else works without it.
 */

/**
 * The part of Trusted Types that is used here; TypeScript's own library does not have it.
 * @typedef {object} HtmlPolicy
 * @property {(html: string) => string} createHTML
 *
 * @typedef {object} TrustedTypes
 * @property {(name: string, rules: HtmlPolicy) => HtmlPolicy} createPolicy
 */

const { trustedTypes } = /** @type {{ trustedTypes?: TrustedTypes }} */ (globalThis);

/** The store's own pages are the only HTML that this policy is ever used for. */
const policy = trustedTypes?.createPolicy('store-navigation', { createHTML: (html) => html });

/** The page that is shown, without its fragment. */
let shownPage = pageOf(location);

/** Stops a visit that a later click overtakes. */
let visit = new AbortController();

/** @param {URL | Location} url */
function pageOf({ pathname, search }) {
  return pathname + search;
}

/**
 * @param {string} html
 * @returns {Document}
 */
function parse(html) {
  return new DOMParser().parseFromString(policy?.createHTML(html) ?? html, 'text/html');
}

/**
 * Shows another page of the store in place of this one.
 * @param {URL} url
 * @param {AbortSignal} signal
 * @throws when the visit was overtaken, or the answer is no page of the store
 */
async function show(url, signal) {
  const answer = await fetch(url, { headers: { accept: 'text/html' }, signal });
  const next = parse(await answer.text());
  signal.throwIfAborted();
  const [main, nextMain] = [document.querySelector('main'), next.querySelector('main')];
  if (!main || !nextMain) throw new Error('The page has no main part.');
  document.title = next.title;
  main.replaceWith(document.adoptNode(nextMain));
  for (const [at, link] of document.querySelectorAll('header nav a').entries()) {
    const current = next.querySelectorAll('header nav a')[at]?.getAttribute('aria-current');
    if (current) link.setAttribute('aria-current', current);
    else link.removeAttribute('aria-current');
  }
  nextMain.focus({ preventScroll: true });
  shownPage = pageOf(url);
}

/**
 * Goes to a page; where that fails, the browser goes there itself.
 * @param {URL} url
 * @param {() => void} onShown
 * @param {() => void} onFailed
 */
async function go(url, onShown, onFailed) {
  visit.abort();
  visit = new AbortController();
  const { signal } = visit;
  try {
    await show(url, signal);
    onShown();
  } catch {
    if (!signal.aborted) onFailed();
  }
}

/** @param {MouseEvent} event */
const isPlainClick = ({ button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented }) =>
  button === 0 && !(metaKey || ctrlKey || shiftKey || altKey || defaultPrevented);

/**
 * @param {EventTarget | null} target of a click
 * @returns {URL | undefined} the page of the store where it leads
 */
function linkedPage(target) {
  const link = target instanceof Element ? target.closest('a') : null;
  if (!link || link.origin !== location.origin || link.target) return undefined;
  const url = new URL(link.href);
  return url.hash && pageOf(url) === shownPage ? undefined : url;
}

document.addEventListener('click', (event) => {
  const url = isPlainClick(event) ? linkedPage(event.target) : undefined;
  if (!url) return;
  event.preventDefault();
  const arrive = () => {
    history.pushState(null, '', url);
    window.scrollTo({ top: 0, behavior: 'instant' });
  };
  void go(url, arrive, () => location.assign(url));
});

// Also fired when only the fragment changes; the page stays as it is then.
addEventListener('popstate', () => {
  if (pageOf(location) === shownPage) {
    visit.abort();
    return;
  }
  const stay = () => {};
  void go(new URL(location.href), stay, () => location.reload());
});

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element && event.target.closest('[data-add-to-basket]');
  const basket = document.querySelector('#basket');
  if (button && basket) basket.textContent = String(Number(basket.textContent) + 1);
});
