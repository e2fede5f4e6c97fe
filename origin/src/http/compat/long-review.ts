/** A review in the long form of `/reviews/{id}` and of the old list. */
import type { NumberedProduct } from '../../domain/ratings/find-numbered.ts';
import type { NumberedReview } from '../../domain/reviews/numbered.ts';
import { displayName } from './display-name.ts';
import { toPerson } from './person.ts';

/** The account that a review belongs to. */
export interface Account {
  /** Our number of the shop. */
  number: number;
}

/** What is not known is empty in its type, as clients read on without looking. */
export const toLongReview = ({ number, review, product }: NumberedReview, account: Account) => ({
  id: number,
  content: review.body ?? '',
  title: review.title ?? '',
  score: review.rating,
  user: toPerson(number, displayName(review.author)),
  user_type: 'User',
  users: [],
  products: [{ Location_idx: [0], Product: toLongProduct(product) }],
  votes_up: review.helpful.up,
  votes_down: review.helpful.down,
  user_vote: 0,
  created_at: review.createdAt,
  deleted: false,
  new: false,
  verified_buyer: review.verified,
  archived: false,
  social_pushed: false,
  facebook_pushed: 0,
  twitter_pushed: 0,
  account: { id: account.number, domain: hostOf(product.url) },
  products_apps: [toProductApp(product)],
});

const toLongProduct = ({ number, id, title, url, imageUrl }: NumberedProduct) => {
  const link = url ?? '';
  return {
    id: number,
    name: title ?? id,
    slug: '',
    product_url: link,
    shorten_url: link,
    images: imageUrl ? [{ id: number, image_url: imageUrl, big_image_url: imageUrl }] : [],
    social_network_links: { facebook: link, twitter: link, linkedin: link, google_oauth2: link },
    facebook_testemonials_page_product_url: link,
  };
};

const toProductApp = ({ number, id, title, url }: NumberedProduct) => ({
  id: number,
  product_url: url ?? '',
  domain_key: id,
  product: { id: number, name: title ?? id },
});

const hostOf = (url: string | null): string => URL.parse(url ?? '')?.host ?? '';
