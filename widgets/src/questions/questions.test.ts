import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { HOSTILE_TEXTS } from '../../test/hostile-reviews.ts';
import { questionAt } from '../../test/questions.ts';
import { useStorefront } from '../../test/storefront.ts';

const shop = useStorefront();
const body = '<plaudit-questions product="42"></plaudit-questions><p>Below</p>';

async function openForm(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ask a question' }).click();
  await page.getByLabel('Your question').waitFor();
}

async function fill(page: Page): Promise<void> {
  await openForm(page);
  await page.getByLabel('Your question').fill('Is there a blue one?');
  await page.getByLabel('Name').fill('Kim');
  await page.getByLabel('E-mail').fill('kim@example.com');
}

const send = (page: Page) => page.getByRole('button', { name: 'Send question' });

describe('plaudit-questions', () => {
  test('shows questions with their answers, asked for once and by the loader', async () => {
    shop.ask('42', 3);
    const { page } = await shop.visit({ body });
    const questions = page.getByRole('article');
    await questions.nth(2).waitFor();
    expect(shop.edge.requests).toEqual(['GET /v1/shops/demo/products/42/questions']);
    await page.getByText('Jul 28, 2026').first().waitFor();
    expect(await questions.first().innerText()).toMatch(
      /^Does it run small\?[^]*Maren T\.\s*Jul 28, 2026[^]*Take the larger one[^]*Reply from the shop\s*Jul 28, 2026[^]*I took my usual size[^]*Anselm/,
    );
    expect(await page.locator('[part~=shop-answer]').count()).toBe(2);
    expect(await questions.nth(2).innerText()).toMatch(/Anonymous[^]*Not answered yet\.$/);
  });

  test('shows more on demand, and hands the focus on when there are no more', async () => {
    shop.ask('42', 25);
    const { page } = await shop.visit({ body });
    const more = page.getByRole('button', { name: 'Show more questions' });
    await more.click();
    await expect.poll(() => page.getByRole('article').count()).toBe(20);
    await more.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('article').count()).toBe(25);
    await expect.poll(() => more.count()).toBe(0);
    const twentyFirst = page.getByRole('article').nth(20);
    expect(await twentyFirst.evaluate((question) => question.matches(':focus'))).toBe(true);
  });

  test('says so when more cannot be had, and tries again', async () => {
    shop.ask('42', 12);
    let isBroken = true;
    shop.edge.intercept = (request, response) => {
      if (!request.url?.includes('cursor=') || !isBroken) return false;
      response.writeHead(500).end();
      return true;
    };
    const { page } = await shop.visit({ body });
    await page.getByRole('button', { name: 'Show more questions' }).click();
    await page.getByText('This could not be loaded. Please try again.').waitFor();
    isBroken = false;
    await page.getByRole('button', { name: 'Show more questions' }).click();
    await expect.poll(() => page.getByRole('article').count()).toBe(12);
  });

  test('asks for the first one where there is none', async () => {
    const { page } = await shop.visit({ body });
    await page.getByText('No questions yet. Ask the first one.').waitFor();
    expect(await page.getByRole('list').count()).toBe(0);
  });

  test('reads again where the read of the loader failed', async () => {
    shop.ask('42', 1);
    let failures = 0;
    shop.edge.intercept = (request) => {
      if (!request.url?.endsWith('/questions') || failures > 0) return false;
      failures++;
      request.socket.destroy();
      return true;
    };
    const { page } = await shop.visit({ body });
    await page.getByRole('article').waitFor();
    expect(failures).toBe(1);
  });

  test('without a product it leaves its fallback, and tells the page', async () => {
    const { page, trouble } = await shop.visit({
      head: `<script>addEventListener('plaudit:error', () => { document.title = 'told' })</script>
        <script async src="${shop.edge.scriptUrl}"></script>`,
      body: '<plaudit-questions>Questions are answered by mail.</plaudit-questions>',
    });
    await expect.poll(() => page.title()).toBe('told');
    expect(await page.getByText('Questions are answered by mail.').isVisible()).toBe(true);
    expect(trouble.complaints.splice(0)).toEqual([expect.stringContaining('404')]);
  });

  test('holds its place until it is there', async () => {
    const { page } = await shop.visit({ body });
    await page.getByText('No questions yet.').waitFor();
    const isHeld = await page.evaluate(() => {
      const next = document.createElement('plaudit-questions');
      next.setAttribute('product', '43');
      document.querySelector('main')?.prepend(next);
      return next.getBoundingClientRect().height > 300;
    });
    expect(isHeld).toBe(true);
  });

  test('texts of strangers run nothing, widen nothing and arrive unchanged', async () => {
    const questions = HOSTILE_TEXTS.map((text, index) => {
      const question = questionAt('42', index * 3);
      const answers = question.answers.map((answer) => ({ ...answer, body: text }));
      return { ...question, body: text, author: text, answers };
    });
    shop.edge.questions.set('42', questions.slice(-10));
    const { page } = await shop.visit({ body }, { viewport: { width: 360, height: 700 } });
    await page.getByRole('article').first().waitFor();
    const bodies = await page
      .locator('[part=question] > [part=body]')
      .evaluateAll((elements) => elements.map((element) => element.textContent));
    expect(bodies).toEqual(HOSTILE_TEXTS.slice(-10));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBe(0);
  });
});

describe('the form to ask', () => {
  test('sends a question, shows it and says thank you', async () => {
    shop.ask('42', 1);
    const { page } = await shop.visit({ body });
    await page.evaluate(() =>
      addEventListener('plaudit:ask', (event) => {
        document.title = JSON.stringify((event as CustomEvent).detail);
      }),
    );
    await fill(page);
    await send(page).click();
    const thanks = page.getByText('Thank you! Your question is published.');
    await thanks.waitFor();
    expect(await thanks.evaluate((text) => text.matches(':focus'))).toBe(true);
    expect(JSON.parse(shop.edge.posts[0] ?? '')).toEqual({
      body: 'Is there a blue one?',
      author: 'Kim',
      email: 'kim@example.com',
      locale: 'en',
      idempotencyKey: expect.any(String),
    });
    expect(await page.getByRole('article').first().innerText()).toMatch(/^Is there a blue one\?/);
    expect(await page.title()).toBe('{"product":"42","id":"posted-1","isPublished":true}');
    await openForm(page);
    expect(await thanks.count()).toBe(0);
    expect(await page.getByLabel('Your question').inputValue()).toBe('');
  });

  test('does not show a question that the shop has yet to approve', async () => {
    shop.edge.intercept = (request, response) => {
      if (request.method !== 'POST') return false;
      response.writeHead(202).end('{"id":"q","status":"pending"}');
      return true;
    };
    const { page } = await shop.visit({ body });
    await fill(page);
    await send(page).click();
    await page.getByText('once the shop has approved it').waitFor();
    expect(await page.getByRole('article').count()).toBe(0);
  });

  test('names each wrong field, ties the message to it and goes to the first', async () => {
    const { page } = await shop.visit({ body });
    await openForm(page);
    await page.getByLabel('Your question').fill('   ');
    await page.getByLabel('E-mail').fill('nobody');
    await send(page).click();
    await page.getByText('Please check the marked fields.').waitFor();
    const question = page.getByLabel('Your question');
    expect(await question.evaluate((field) => field.matches(':focus'))).toBe(true);
    const message = (label: string): Promise<string> =>
      page.getByLabel(label).evaluate((input) => {
        const ids = input.getAttribute('aria-describedby')?.split(' ') ?? [];
        const root = input.getRootNode() as ShadowRoot;
        return root.getElementById(ids.at(-1) ?? '')?.textContent ?? '';
      });
    expect(await message('Your question')).toBe('Please fill this in.');
    expect(await message('E-mail')).toContain('name@example.com');
    expect(shop.edge.posts).toEqual([]);
  });

  test('keeps the text while there is no network, and sends it again under the same key', async () => {
    const { page } = await shop.visit({ body });
    await fill(page);
    await page.context().setOffline(true);
    await send(page).click();
    await page.getByText('Your text is still here').waitFor();
    expect(await page.getByLabel('Your question').inputValue()).toBe('Is there a blue one?');
    await page.context().setOffline(false);
    await send(page).click();
    await page.getByText('Thank you!').waitFor();
    expect(shop.edge.posts).toHaveLength(1);
  });

  test('shows what the server says about a field', async () => {
    shop.edge.intercept = (request, response) => {
      if (request.method !== 'POST') return false;
      const errors = [{ field: 'email', message: 'must be an e-mail address' }];
      response.writeHead(400).end(JSON.stringify({ status: 400, title: 'No', errors }));
      return true;
    };
    const { page } = await shop.visit({ body });
    await fill(page);
    await send(page).click();
    await page.getByText('must be an e-mail address').waitFor();
    expect(await page.getByLabel('E-mail').evaluate((input) => input.matches(':focus'))).toBe(true);
  });

  test('keeps a draft when it is closed, and gives the focus back', async () => {
    const { page } = await shop.visit({ body });
    await fill(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    const ask = page.getByRole('button', { name: 'Ask a question', expanded: false });
    expect(await ask.evaluate((button) => button.matches(':focus'))).toBe(true);
    expect(await page.getByLabel('Name').isVisible()).toBe(false);
    await ask.click();
    expect(await page.getByLabel('Name').inputValue()).toBe('Kim');
  });

  test('says so when its code cannot be had', async () => {
    shop.edge.intercept = (request, response) => {
      if (!request.url?.includes('/assets/ask-form')) return false;
      response.writeHead(404).end();
      return true;
    };
    const { page } = await shop.visit({ body });
    await page.getByRole('button', { name: 'Ask a question' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toBe('This could not be loaded. Please try again.');
  });
});
