import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { longestScriptTaskMs } from '../test/script-tasks.ts';
import { useStorefront } from '../test/storefront.ts';

const shop = useStorefront();
/** Each in a new page, and the least of them counts. */
const ROUNDS = 2;
/** As these take longer than tests do where many run beside them. */
const TIME_LIMIT_MS = 120_000;

/** The least of a few rounds in new pages, whose processes have nothing compiled yet. */
async function leastOf(body: string, head: string, isDone: (page: Page) => Promise<unknown>) {
  const { page: first } = await shop.visit({ head: '', body: '' });
  const browser = first.context().browser();
  if (!browser) throw new Error('The page has no browser.');
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const longest = await longestScriptTaskMs(browser, shop.edge.url, async () => {
      const { page } = await shop.visit({ head, body });
      await isDone(page);
    });
    rounds.push(longest);
  }
  return Math.min(...rounds);
}

const longestOfReviews = (): Promise<number> =>
  leastOf(
    '<plaudit-rating product="42"></plaudit-rating><plaudit-reviews product="42"></plaudit-reviews>',
    `<script async src="${shop.edge.scriptUrl}"></script>`,
    // The last that comes.
    (page) => page.locator('plaudit-reviews .votes button').first().waitFor(),
  );

const FIRST_DATE = `new Intl.DateTimeFormat('en', { dateStyle: 'medium' }); window.isDone = true;`;

/** What the first date of a page takes, in a script that does nothing else. */
function longestOfFirstDate(): Promise<number> {
  shop.edge.intercept = (request, response) => {
    if (request.url !== '/first-date.js') return false;
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(FIRST_DATE);
    return true;
  };
  const head = `<script async src="${shop.edge.url}/first-date.js"></script>`;
  return leastOf('', head, (page) => page.waitForFunction('window.isDone'));
}

test(
  'no task of ten reviews takes as long as the first date of `Intl` alone would (WJ08)',
  { timeout: TIME_LIMIT_MS },
  async () => {
    shop.stock('42', 12);
    const firstDate = await longestOfFirstDate();
    expect(await longestOfReviews()).toBeLessThan(firstDate);
  },
);

test(
  'that first date would be seen: no texts speak for this locale, whose dates are left to `Intl`',
  { timeout: TIME_LIMIT_MS },
  async () => {
    shop.stock('42', 12);
    shop.edge.settings = { ...shop.edge.settings, locale: 'en-GB' };
    const firstDate = await longestOfFirstDate();
    expect(await longestOfReviews()).toBeGreaterThan(firstDate / 2);
  },
);
