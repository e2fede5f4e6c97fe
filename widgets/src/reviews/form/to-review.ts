import type { Media, MediaReceipt, Review, ReviewSubmission } from '@plaudit/sdk';

/** The review as its writer sees it at once, until the server's own copy arrives. */
export function toReview(
  { email: _email, answers: _answers, media: _media, videos = [], ...written }: ReviewSubmission,
  photos: readonly MediaReceipt[],
  id: string,
  productId: string,
): Review {
  const media: Media[] = [
    ...photos.map(toMedia),
    ...videos.map((url) => ({ kind: 'video' as const, url })),
  ];
  return {
    ...written,
    id,
    productId,
    verified: false,
    incentivized: false,
    createdAt: new Date().toISOString(),
    helpful: { up: 0, down: 0 },
    ...(media.length > 0 && { media }),
  };
}

const toMedia = ({ url, thumbnailUrl }: MediaReceipt): Media => ({
  kind: 'photo',
  url,
  thumbnailUrl,
});
