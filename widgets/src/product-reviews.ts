/** The element with a product's reviews, where the page has one, and the way to it. */

export const findReviews = (product: string): Element | null =>
  document.querySelector(`plaudit-reviews[product="${CSS.escape(product)}"]`);

/** Scrolls there; who uses a keyboard goes on from there. */
export function leadTo(reviews: Element): void {
  reviews.scrollIntoView();
  // Where the reviews are still to come, they take the focus over from their placeholder.
  reviews.shadowRoot?.querySelector<HTMLElement>('h2,.reviews')?.focus({ preventScroll: true });
}
