/** A review and a product as the widget's list (`reviews.json`) holds them. */
import type { Review } from '@plaudit/contract';
import type { NumberedProduct } from '../../domain/ratings/find-numbered.ts';
import type { NumberedReview } from '../../domain/reviews/numbered.ts';
import { displayName } from './display-name.ts';
import { toPhotos } from './photos.ts';

/** Reviewers have no numbers here; that of the review stands in, so that none is met twice. */
export const toWidgetReview = ({ number, review, product }: NumberedReview, shopName: string) => ({
  id: number,
  score: review.rating,
  votes_up: review.helpful.up,
  votes_down: review.helpful.down,
  content: review.body ?? '',
  title: review.title ?? null,
  created_at: review.createdAt,
  deleted: false,
  verified_buyer: review.verified,
  is_incentivized: review.incentivized,
  source_review_id: null,
  sentiment: null,
  custom_fields: null,
  product_id: product.number,
  images_data: toImagesData(number, review),
  user: {
    user_id: number,
    display_name: displayName(review.author),
    social_image: null,
    user_type: 'User',
    is_social_connected: 0,
  },
  ...(review.reply ? { comment: toComment(number, review, shopName) } : {}),
});

/** Clients join reviews with these by `product_id`. */
export const toWidgetProduct = ({ number, id, title, url, imageUrl }: NumberedProduct) => {
  const link = url ?? '';
  return {
    id: number,
    domain_key: id,
    name: title ?? id,
    social_links: { linkedin: link, facebook: link, twitter: link, google_oauth2: link },
    embedded_widget_link: link,
    testimonials_product_link: link,
    product_link: link,
    image_url: imageUrl,
  };
};

function toImagesData(number: number, review: Review) {
  const photos = toPhotos(number, review);
  return photos.length === 0
    ? null
    : photos.map(({ id, small, large }) => ({ id, thumb_url: small, original_url: large }));
}

const toComment = (number: number, { reply, createdAt }: Review, shopName: string) => ({
  id: number,
  content: reply?.body ?? '',
  created_at: reply?.createdAt ?? createdAt,
  display_name: shopName,
  comments_avatar: null,
});
