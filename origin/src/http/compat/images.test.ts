import { expect, test } from 'vitest';
import { describeCompat, fillShop } from '../../../test/compat-shop.ts';

interface Album {
  response: { images: { id: number; imageable_id: number }[]; pagination: object };
}

describeCompat('photos for clients of Yotpo', ({ get, body, context }) => {
  const WIDGET = '/v1/widget/acme';
  const album = async (path: string) => (await body<Album>(`${WIDGET}/albums/${path}`)).response;
  const number = expect.any(Number);
  const image = {
    id: number,
    image_url: 'https://img.example/1s.jpg',
    big_image_url: 'https://img.example/1.jpg',
    image_content_type: 'image/jpeg',
    image_width: null,
    image_height: null,
    imageable_type: 'Review',
    imageable_id: number,
  };

  // The answer was recorded; its width and height, which we do not know, were numbers there.
  test.each(['images/show', 'images'])('by number, under %s, have every field', async (path) => {
    const { images } = await album('product/kettle');
    const id = images[0]?.id;
    expect(await body(`${WIDGET}/${path}/${id}`)).toEqual({
      status: { code: 200, message: 'OK' },
      response: { image: { ...image, id, imageable_id: images[0]?.imageable_id } },
    });
  });

  test('are listed by number, in the order of the numbers, without those that are not there', async () => {
    const { images } = await album('product/kettle');
    const id = images[0]?.id ?? 0;
    // The video at the second place, a number that nobody has, and none.
    const query = `ids=${id + 1}&ids=999999999999999&ids=${id}&ids=x`;
    expect(await body(`${WIDGET}/images/list?${query}`)).toEqual({
      status: { code: 200, message: 'OK' },
      response: { images: [{ ...image, id }] },
    });
  });

  test('of another shop are not there', async () => {
    await fillShop(context(), 'other', []);
    const id = (await album('product/kettle')).images[0]?.id ?? 0;
    for (const path of [`/v1/widget/other/images/${id}`, `${WIDGET}/images/${id + 1}`]) {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toEqual({ status: { code: 404, message: 'Not Found' } });
    }
    const listed = await body<Album>(`/v1/widget/other/images/list?ids=${id}`);
    expect(listed.response.images).toEqual([]);
  });

  // Only `images` and `pagination` were seen.
  test('fill albums, a page at a time', async () => {
    const photo = (n: number) => ({ kind: 'photo', url: `https://img.example/${n}.webp` }) as const;
    await fillShop(context(), 'album', [
      { media: [photo(1), photo(2)], createdAt: new Date('2026-02-01') },
      { media: [photo(3)], createdAt: new Date('2026-01-01') },
      { product: { externalId: 'lamp' }, media: [photo(4)], createdAt: new Date('2025-01-01') },
      {},
    ]);
    const urls = async (path: string) => {
      const { response } = await body<{
        response: { images: { big_image_url: string }[]; pagination: object };
      }>(`/v1/widget/album/albums/${path}`);
      const names = response.images.map(({ big_image_url: url }) => url.replace(/\D/g, ''));
      return [names.join(), response.pagination];
    };
    expect(await urls('product/kettle?per_page=2')).toEqual([
      '1,2',
      { page: 1, per_page: 2, total: 3 },
    ]);
    expect(await urls('product/kettle?per_page=2&page=2')).toEqual([
      '3',
      { page: 2, per_page: 2, total: 3 },
    ]);
    expect(await urls('by_name?album_name=summer')).toEqual([
      '1,2,3,4',
      { page: 1, per_page: 10, total: 4 },
    ]);
  });
});
