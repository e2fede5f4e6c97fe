import type { ProductTopic } from '@plaudit/sdk';
import { element } from '../element.ts';
import type { highlights as messages } from '../messages/en/highlights.ts';
import { findReviews, leadTo } from '../product-reviews.ts';
import type { Text } from '../text.ts';

interface Context {
  product: string;
  /** Whether the page has the reviews, which a topic then narrows down. */
  leads: boolean;
  text: Text<Extract<keyof typeof messages, string>>;
}

/** One topic with its newest quote. Both were written by strangers, in whatever language. */
export function toItem({ topic, count, quotes }: ProductTopic, context: Context): Element {
  const { product, leads, text } = context;
  const chip = element(
    leads ? 'button' : 'span',
    { part: 'topic', ...(leads && { 'aria-describedby': 'hint' }) },
    element('bdi', {}, text('filters.counted', { name: topic, count })),
  );
  if (leads) chip.addEventListener('click', () => showReviews(product, topic));
  const [newest] = quotes;
  return element(
    'li',
    {},
    chip,
    ...(newest
      ? [
          element(
            'blockquote',
            { part: 'quote', dir: 'auto' },
            text('reviews.words', { words: newest.text }),
          ),
        ]
      : []),
  );
}

/** The reviews follow their `topic`, also where they are still to come. */
function showReviews(product: string, topic: string): void {
  const reviews = findReviews(product);
  if (!reviews) return;
  reviews.setAttribute('topic', topic);
  leadTo(reviews);
}
