/** A shop with a few reviews of all kinds, and ways to ask for them as Yotpo's clients do. */
import { pino } from 'pino';
import { beforeAll } from 'vitest';
import { createApp } from '../src/app.ts';
import { createClientAddressOf } from '../src/auth/client-address.ts';
import type { Context } from '../src/domain/context.ts';
import { importReviews, type ForeignReview } from '../src/domain/reviews/import-batch.ts';
import { createShop } from '../src/domain/shops/create.ts';
import { findShop } from '../src/domain/shops/find.ts';
import { describeOnEach } from './databases.ts';

export const KETTLE = {
  externalId: 'kettle',
  title: 'Kettle',
  url: 'https://acme.example/kettle',
  imageUrl: 'https://acme.example/kettle.jpg',
};
const PHOTO = {
  kind: 'photo',
  url: 'https://img.example/1.jpg',
  thumbnailUrl: 'https://img.example/1s.jpg',
} as const;
const VIDEO = { kind: 'video', url: 'https://img.example/2.mp4' } as const;

/** What edges prove their clients' addresses with. */
export const EDGE_SECRET = 'secret of edges';

let made = 0;

/** A review that says no more than it must. */
export const foreignReview = (more: Partial<ForeignReview>): ForeignReview => ({
  product: KETTLE,
  rating: 5,
  email: 'canary@example.com',
  verified: false,
  incentivized: false,
  status: 'published',
  media: [],
  votesUp: 0,
  votesDown: 0,
  createdAt: new Date('2026-02-01T10:00:00.000Z'),
  sourceKey: `key-${(made += 1)}`,
  ...more,
});

/** Brings reviews into a shop, which is made where it is not there. */
export async function fillShop(
  context: Context,
  appKey: string,
  batch: readonly Partial<ForeignReview>[],
): Promise<void> {
  const shop = await findShop(context.db, appKey).catch(() =>
    createShop(context, { appKey, name: 'Acme', autoPublish: true }).then(() =>
      findShop(context.db, appKey),
    ),
  );
  await importReviews(context, shop, 'import:test', batch.map(foreignReview));
}

const REVIEWS: Partial<ForeignReview>[] = [
  {
    rating: 5,
    title: 'Boils fast',
    body: 'Every morning.',
    author: 'User Name',
    verified: true,
    votesUp: 3,
    votesDown: 1,
    media: [PHOTO, VIDEO],
    reply: { body: 'Thank you', createdAt: '2026-02-04T00:00:00.000Z' },
    createdAt: new Date('2026-02-03T10:11:12.345Z'),
  },
  {
    rating: 4,
    incentivized: true,
    author: 'Mara',
    createdAt: new Date('2026-02-02T10:00:00.000Z'),
  },
  { rating: 2, body: 'Leaks.', createdAt: new Date('2026-02-01T10:00:00.000Z') },
  { rating: 1, title: 'Hidden', body: 'Hidden', status: 'pending' },
  { rating: 1, title: 'Hidden', body: 'Hidden', status: 'rejected' },
  {
    product: { externalId: 'lamp' },
    author: 'Ana B.',
    createdAt: new Date('2026-01-01T10:00:00.000Z'),
  },
];

/** How tests ask. */
export interface Asking {
  get: (path: string, init?: RequestInit) => Promise<Response>;
  /** The body of a good answer. */
  body: <T = unknown>(path: string) => Promise<T>;
  context: () => Context;
}

/** Describes a suite once for every database, with the shop `acme` and its reviews. */
export function describeCompat(title: string, suite: (asking: Asking) => void): void {
  describeOnEach(title, (fixture) => {
    let app: ReturnType<typeof createApp>;
    beforeAll(async () => {
      app = createApp({
        domain: fixture.context,
        log: pino({ level: 'silent' }),
        clientAddressOf: createClientAddressOf(EDGE_SECRET, fixture.context.now),
      });
      await fillShop(fixture.context, 'acme', REVIEWS);
    });
    const get = async (path: string, init?: RequestInit) => {
      const request = new Request(`http://origin${path}`, init);
      const headers = Object.fromEntries(request.headers);
      return app.fetch(request, { incoming: { headers, socket: { remoteAddress: '127.0.0.1' } } });
    };
    suite({
      get,
      context: () => fixture.context,
      body: async <T>(path: string) => {
        const answer = await get(path);
        if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
        return (await answer.json()) as T;
      },
    });
  });
}
