/** Pages that are not quite pages: in frames, without an origin, under another domain. */

import { describe, expect, test } from 'vitest';
import type { FrameLocator, Page } from 'playwright';
import type { Visit } from '../test/shop.ts';
import { useStorefront } from '../test/storefront.ts';

const shop = useStorefront();
const body = `<plaudit-rating product="42"></plaudit-rating><plaudit-reviews product="42"></plaudit-reviews>`;
const tag = (): string => `<script async src="${shop.edge.scriptUrl}"></script>`;

/** How many reviews there are once both widgets have come and a button of theirs was pressed. */
async function countReviews(within: Page | FrameLocator): Promise<number> {
  await within.locator('plaudit-rating [part=count]').waitFor();
  await within.getByRole('button', { name: 'Show more reviews' }).click();
  const reviews = within.locator('plaudit-reviews [part=review]');
  await reviews.nth(11).waitFor();
  return reviews.count();
}

/** A page with our widgets in a frame of its own making. */
async function openFrame(
  make: (frame: HTMLIFrameElement, content: string) => void,
): Promise<Visit & { frame: FrameLocator }> {
  shop.stock('42', 12);
  const visit = await shop.visit({ head: '', body: '' });
  await visit.page.evaluate(`{
    const frame = document.createElement('iframe');
    frame.width = frame.height = 800;
    document.body.append(frame);
    (${make.toString()})(frame, ${JSON.stringify(`<!doctype html>${tag()}${body}`)});
  }`);
  return { ...visit, frame: visit.page.frameLocator('iframe') };
}

describe('a frame', () => {
  test('of the page itself, out of an attribute, has them too', async () => {
    const { frame } = await openFrame((frame, content) => {
      frame.srcdoc = content;
    });
    expect(await countReviews(frame)).toBe(12);
    expect(await frame.locator('body').evaluate(() => location.href)).toBe('about:srcdoc');
  });

  test('that the page has written into has them too', async () => {
    const { frame } = await openFrame(({ contentDocument }, content) => {
      contentDocument?.write(content);
      contentDocument?.close();
    });
    expect(await countReviews(frame)).toBe(12);
  });

  test('that is sandboxed, and of no origin at all, has them too (WJ05)', async () => {
    const { frame } = await openFrame((frame, content) => {
      frame.sandbox.add('allow-scripts', 'allow-forms');
      frame.srcdoc = content;
    });
    expect(await countReviews(frame)).toBe(12);
    expect(await frame.locator('body').evaluate(() => origin)).toBe('null');
  });

  test('that is sandboxed from scripts too keeps its fallback, and asks for nothing', async () => {
    const { frame, trouble } = await openFrame((frame, content) => {
      frame.sandbox.add('allow-same-origin');
      frame.srcdoc = content.replace('<plaudit-reviews product="42">', '$&Fallback');
    });
    await frame.getByText('Fallback').waitFor();
    expect(shop.edge.requests).toEqual([]);
    expect(trouble.complaints.splice(0)).toEqual([expect.stringContaining('is sandboxed')]);
  });
});

test('a page that takes the domain of its parent has them too (WJ03)', async () => {
  shop.stock('42', 12);
  const { page } = await shop.visit({
    body,
    head: `<script>document.domain = document.domain</script>${tag()}`,
    // Without it, browsers do not let a page do so any more.
    fields: { 'origin-agent-cluster': '?0' },
  });
  expect(await countReviews(page)).toBe(12);
});

test('a page whose own server puts it into a sandbox has them too', async () => {
  shop.stock('42', 12);
  const { page } = await shop.visit({ body, csp: 'sandbox allow-scripts allow-forms' });
  expect(await countReviews(page)).toBe(12);
  expect(await page.evaluate(() => origin)).toBe('null');
});

test('an element that the page moves into a frame and back does no harm on either', async () => {
  const { page, frame } = await openFrame(({ contentDocument }, content) => {
    contentDocument?.write(content);
    contentDocument?.close();
  });
  expect(await countReviews(frame)).toBe(12);
  await page.evaluate(() => {
    const inner = document.querySelector('iframe')?.contentDocument;
    const host = inner?.querySelector('plaudit-reviews');
    if (!host) throw new Error('There is no element in the frame.');
    document.body.append(host);
    host.setAttribute('product', '43');
    inner?.body.append(host);
    host.setAttribute('product', '42');
  });
  await page.evaluate(() =>
    document.querySelector('iframe')?.contentDocument?.body.append('Still here'),
  );
  expect(await frame.getByText('Still here').isVisible()).toBe(true);
});
