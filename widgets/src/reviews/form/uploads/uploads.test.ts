import { describe, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright';
import type { Intercept } from '../../../../test/edge.ts';
import { findProblems } from '../../../../test/accessibility.ts';
import { useStorefront } from '../../../../test/storefront.ts';
import type { Document } from '../../../../test/shop.ts';

const shop = useStorefront();
const UPLOAD = 'POST /v1/shops/demo/media';

interface TestFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Opens the form and waits for the field, with a photo to put into it. */
async function open(document: Partial<Document> = {}): Promise<Opened> {
  const body = '<h1>Jumper</h1><plaudit-reviews product="42"></plaudit-reviews>';
  const { page } = await shop.visit({ body, ...document });
  await page.getByRole('button', { name: 'Write a review' }).click();
  const input = page.getByLabel('Add photos');
  await input.waitFor();
  const jpeg = await page.screenshot({ type: 'jpeg' });
  return {
    page,
    input,
    status: page.getByRole('status'),
    photo: (name) => ({ name, mimeType: 'image/jpeg', buffer: jpeg }),
  };
}

interface Opened {
  page: Page;
  input: Locator;
  status: Locator;
  photo: (name: string) => TestFile;
}

async function write(page: Page): Promise<void> {
  await page.getByRole('radio', { name: '4 stars' }).check();
  await page.getByLabel('Name').fill('Ines');
  await page.getByLabel('E-mail').fill('ines@example.com');
}
const sendReview = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Send review' }).click();
const postedMedia = (): unknown => JSON.parse(shop.edge.posts.at(-1) ?? '{}').media;
const preflights = (): number =>
  shop.edge.requests.filter((line) => line.startsWith('OPTIONS')).length;
const uploads = (): number => shop.edge.requests.filter((line) => line === UPLOAD).length;

/** Answers the first uploads so; the others go through. */
const answerUploads = (...statuses: number[]): Intercept => {
  return (request, response) => {
    if (request.method !== 'POST' || !request.url?.endsWith('/media')) return false;
    const status = statuses.shift();
    if (status === undefined) return false;
    request.resume().on('end', () => response.writeHead(status).end('{}'));
    return true;
  };
};

test('photos go while the rest is written, without a preflight, and the review names them', async () => {
  const { page, input, photo, status } = await open();
  await input.setInputFiles([photo('front.jpg'), photo('back.jpg')]);
  await expect.poll(() => status.allTextContents()).toContain('Photos uploaded: 2 of 2');
  expect(await page.locator('.photo canvas').count()).toBe(2);
  expect(shop.edge.posts).toEqual([]);
  await write(page);
  await sendReview(page);
  await page.getByText('Thank you!').waitFor();
  expect(postedMedia()).toEqual(['photo-1', 'photo-2']);
  expect(shop.edge.uploads).toHaveLength(2);
  expect(preflights()).toBe(0);
  const shown = page
    .locator('[part=review]')
    .first()
    .getByRole('img', { name: /^Photo/ });
  await expect.poll(() => shown.count()).toBe(2);
});

test('photos can be dropped anywhere on the form, and pasted', async () => {
  const { page, status } = await open();
  const hasStayed = await page.getByLabel('Your review').evaluate(async (box) => {
    const canvas = document.createElement('canvas');
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    const transfer = new DataTransfer();
    transfer.items.add(new File([blob ?? ''], 'dropped.png', { type: 'image/png' }));
    const options = { bubbles: true, composed: true, cancelable: true };
    const events = [
      new DragEvent('dragover', { ...options, dataTransfer: transfer }),
      new DragEvent('drop', { ...options, dataTransfer: transfer }),
      new ClipboardEvent('paste', { ...options, clipboardData: transfer }),
    ];
    return events.map((event) => !box.dispatchEvent(event));
  });
  expect(hasStayed).toEqual([true, true, true]);
  await expect.poll(() => status.allTextContents()).toContain('Photos uploaded: 2 of 2');
});

test('pasted words stay words, whatever picture of them comes along', async () => {
  const { page } = await open();
  const wasTaken = await page.getByLabel('Your review').evaluate((box) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'words');
    clipboardData.items.add(new File(['x'], 'words.png', { type: 'image/png' }));
    const options = { bubbles: true, composed: true, cancelable: true, clipboardData };
    return !box.dispatchEvent(new ClipboardEvent('paste', options));
  });
  expect(wasTaken).toBe(false);
  expect(await page.locator('.photo').count()).toBe(0);
});

test('a large photo is made smaller before it goes', async () => {
  const { page, input, status } = await open();
  const base64 = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 2400, height: 1200 });
    // Enough of it that the file is no small one.
    const noise = new ImageData(500, 500);
    let seed = 1;
    noise.data.forEach((_, index) => {
      seed = Math.imul(seed, 1_103_515_245) + 12_345;
      noise.data[index] = index % 4 === 3 ? 255 : (seed >>> 16) & 255;
    });
    canvas.getContext('2d')?.putImageData(noise, 0, 0);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  });
  const buffer = Buffer.from(base64, 'base64');
  await input.setInputFiles([{ name: 'large.png', mimeType: 'image/png', buffer }]);
  await expect.poll(() => status.allTextContents()).toContain('Photos uploaded: 1 of 1');
  const [sent] = shop.edge.uploads;
  expect(sent?.type).toBe('image/jpeg');
  const bytes = [...new Uint8Array(await (sent as File).arrayBuffer())];
  const size = await page.evaluate(async (data) => {
    const { width, height } = await createImageBitmap(new Blob([new Uint8Array(data)]));
    return [width, height];
  }, bytes);
  expect(size).toEqual([2048, 1024]);
});

test('says what cannot be used and why, and sends the rest', async () => {
  const { page, input, photo, status } = await open();
  await input.setInputFiles([
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes') },
    { name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') },
    ...Array.from({ length: 11 }, (_, index) => photo(`${index}.jpg`)),
  ]);
  const alert = page.getByRole('alert').filter({ hasText: 'notes.txt' });
  await expect
    .poll(() => alert.innerText())
    .toMatch(/notes\.txt is not a photo[^]*logo\.svg is not a photo[^]*at most 10 photos/);
  await expect.poll(() => status.allTextContents()).toContain('Photos uploaded: 10 of 10');
  expect(await findProblems(page)).toEqual([]);
});

test('a file beyond the limit is not even sent', async () => {
  const { page, input } = await open();
  const buffer = Buffer.alloc(10 * 1024 * 1024 + 1);
  await input.setInputFiles([{ name: 'raw.heic', mimeType: 'image/heic', buffer }]);
  await page.getByText('raw.heic is larger than 10 MB.').waitFor();
  expect(await page.locator('.photo').count()).toBe(0);
  expect(uploads()).toBe(0);
});

test('a photo of a kind that neither browser nor server can read is named, with what can be read', async () => {
  shop.edge.intercept = answerUploads(400);
  const { page, input } = await open();
  // How a phone's photo begins: a box that calls itself HEIC, then what only a licensed decoder reads.
  const buffer = Buffer.concat([
    Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
    Buffer.from('\0\0\0\x2Cmeta\0\0\0\0\0\0\0\x20hdlr\0\0\0\0\0\0\0\0pict', 'latin1'),
    Buffer.alloc(5_000),
  ]);
  await input.setInputFiles([{ name: 'IMG_1.HEIC', mimeType: 'image/heic', buffer }]);
  await page.getByText('IMG_1.HEIC is not a photo that can be used (JPEG, PNG, WebP).').waitFor();
  expect(await page.locator('.photo').count()).toBe(0);
  expect(uploads()).toBe(1);
});

test('a file that the server refuses is taken out, and the message says so', async () => {
  shop.edge.intercept = answerUploads(400);
  const { page, input } = await open();
  const buffer = Buffer.from('no picture at all');
  await input.setInputFiles([{ name: 'broken.jpg', mimeType: 'image/jpeg', buffer }]);
  await page.getByText('broken.jpg is not a photo that can be used').waitFor();
  expect(await page.locator('.photo').count()).toBe(0);
  await write(page);
  await sendReview(page);
  await page.getByText('Thank you!').waitFor();
  expect(postedMedia()).toBeUndefined();
});

describe('a photo that does not get through', () => {
  test('can be tried again; until then the review is not sent without it', async () => {
    shop.edge.intercept = answerUploads(503, 503);
    const { page, input, photo } = await open();
    await input.setInputFiles([photo('front.jpg')]);
    await page.getByText('front.jpg was not uploaded.').waitFor();
    expect(await findProblems(page)).toEqual([]);
    await write(page);
    await sendReview(page);
    const retry = page.getByRole('button', { name: 'Try again' });
    await expect.poll(() => retry.evaluate((button) => button.matches(':focus'))).toBe(true);
    expect(shop.edge.posts).toEqual([]);
    await page.keyboard.press('Enter');
    await expect.poll(uploads).toBe(2);
    await retry.click();
    await sendReview(page);
    await page.getByText('Thank you!').waitFor();
    expect(postedMedia()).toEqual(['photo-1']);
  });

  test('can be left out', async () => {
    shop.edge.intercept = answerUploads(503);
    const { page, input, photo } = await open();
    await input.setInputFiles([photo('front.jpg')]);
    await page.getByText('front.jpg was not uploaded.').waitFor();
    await page.getByRole('button', { name: 'Remove front.jpg' }).click();
    await write(page);
    await sendReview(page);
    await page.getByText('Thank you!').waitFor();
    expect(postedMedia()).toBeUndefined();
  });

  test('goes by itself once the network is back', async () => {
    const { page, input, photo, status } = await open();
    await page.context().setOffline(true);
    await input.setInputFiles([photo('front.jpg')]);
    await page.getByText('front.jpg was not uploaded.').waitFor();
    await page.context().setOffline(false);
    await expect.poll(() => status.allTextContents()).toContain('Photos uploaded: 1 of 1');
  });

  test('is sent once more where the server has forgotten it', async () => {
    const { page, input, photo, status } = await open();
    await input.setInputFiles([photo('front.jpg')]);
    await expect.poll(() => status.allTextContents()).toContain('Photos uploaded: 1 of 1');
    await write(page);
    shop.edge.intercept = (request, response) => {
      if (!request.url?.endsWith('/reviews') || request.method !== 'POST') return false;
      shop.edge.intercept = undefined;
      response.writeHead(400).end(
        JSON.stringify({
          type: 'urn:plaudit:problem:invalid-body',
          status: 400,
          title: 'The request body is not valid',
          errors: [{ field: 'media', message: 'must name uploads that no review has yet' }],
        }),
      );
      return true;
    };
    await sendReview(page);
    await page.getByText('please try again').waitFor();
    await sendReview(page);
    await page.getByText('Thank you!').waitFor();
    expect(postedMedia()).toEqual(['photo-2']);
  });
});

describe('on a slow connection', () => {
  test('the review waits for its photos, and a large one says how far it is', async () => {
    shop.edge.intercept = (request) => {
      if (request.method !== 'POST' || !request.url?.endsWith('/media')) return false;
      // Only the first: it is never answered.
      shop.edge.intercept = undefined;
      request.pause();
      return true;
    };
    const { page, input, photo } = await open();
    // Not one that the browser could make smaller.
    const large = { ...photo('front.jpg'), buffer: Buffer.alloc(2_000_000, 'x') };
    await input.setInputFiles([large, photo('back.jpg')]);
    const progress = page.getByRole('progressbar', { name: 'Uploading front.jpg' });
    await progress.waitFor();
    await expect.poll(() => progress.getAttribute('value')).not.toBeNull();
    expect(preflights()).toBe(1);
    expect(await findProblems(page)).toEqual([]);
    await write(page);
    await sendReview(page);
    await page.getByRole('button', { name: 'Sending…' }).waitFor();
    expect(shop.edge.posts).toEqual([]);
    await page.getByRole('button', { name: 'Remove front.jpg' }).click();
    await page.getByText('Thank you!').waitFor();
    expect(postedMedia()).toEqual(['photo-1']);
  });

  test('the form can be written in before the photos’ part is there', async () => {
    shop.edge.intercept = (request, response) => {
      if (!request.url?.includes('/assets/uploads')) return false;
      response.writeHead(404).end();
      return true;
    };
    const { page } = await shop.visit({ body: '<plaudit-reviews product="42"></plaudit-reviews>' });
    await page.getByRole('button', { name: 'Write a review' }).click();
    await write(page);
    await sendReview(page);
    await page.getByText('Thank you!').waitFor();
    expect(postedMedia()).toBeUndefined();
  });
});

test('all of it can be done with the keyboard alone', async () => {
  const { page, input, photo, status } = await open();
  // Before the questions to the page below: a key overtakes the order to catch the chooser, they do not.
  const chooser = page.waitForEvent('filechooser');
  await page.getByLabel('Your review').focus();
  await page.keyboard.press('Tab');
  expect(await input.evaluate((element) => element.matches(':focus-visible'))).toBe(true);
  await page.keyboard.press('Enter');
  await (await chooser).setFiles([photo('front.jpg'), photo('back.jpg')]);
  await expect.poll(() => status.allTextContents()).toContain('Photos uploaded: 2 of 2');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect.poll(() => status.allTextContents()).toContain('Photos uploaded: 1 of 1');
  expect(await input.evaluate((element) => element.matches(':focus'))).toBe(true);
  expect(await page.getByRole('button', { name: /^Remove/ }).count()).toBe(1);
});

test('photos stay with the draft when the form is closed, and go with what was sent', async () => {
  const { page, input, photo, status } = await open();
  await input.setInputFiles([photo('front.jpg')]);
  await expect.poll(() => status.allTextContents()).toContain('Photos uploaded: 1 of 1');
  const button = page.getByRole('button', { name: 'Write a review' });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await button.click();
  expect(await page.locator('.photo').count()).toBe(1);
  await write(page);
  await sendReview(page);
  const withdraw = page.getByRole('button', { name: 'Withdraw review' });
  await withdraw.click();
  await withdraw.click();
  await page.getByText('Your review is withdrawn.').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await button.click();
  await input.waitFor();
  expect(await page.locator('.photo').count()).toBe(0);
});

test('the strictest page shows them too, without a word in its console', async () => {
  const { edge } = shop;
  const csp = `default-src 'none'; script-src ${edge.url}; connect-src ${edge.url}; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'`;
  const { page, input, photo, status } = await open({ csp });
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  await input.setInputFiles([photo('front.jpg')]);
  await expect.poll(() => status.allTextContents()).toContain('Photos uploaded: 1 of 1');
  expect(await page.locator('.photo canvas').isVisible()).toBe(true);
  expect(lines).toEqual([]);
});

test.each(['light', 'dark'])('axe finds nothing in %s', async (scheme) => {
  shop.edge.settings = {
    ...shop.edge.settings,
    look: { scheme: scheme === 'dark' ? 'dark' : 'auto' },
  };
  const html = `lang="en"${scheme === 'dark' ? ' class="dark"' : ''}`;
  const { page, input, photo, status } = await open({ html });
  await input.setInputFiles([photo('front.jpg')]);
  await expect.poll(() => status.allTextContents()).toContain('Photos uploaded: 1 of 1');
  expect(await findProblems(page)).toEqual([]);
});
