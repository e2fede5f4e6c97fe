/** The custom elements, as JSX in any framework may type them; see the README for the two lines it takes. */

/** What every HTML element may have, in the spelling of any framework. */
interface CommonAttributes {
  class?: string;
  className?: string;
  id?: string;
  style?: unknown;
  slot?: string;
  hidden?: boolean;
  /** The fallback: shown until the widget can be, and again if it fails. */
  children?: unknown;
  key?: string | number | null;
  ref?: unknown;
}

interface ProductAttributes extends CommonAttributes {
  /** The shop's own product id. */
  product: string;
}

/** Attributes by element name, for `JSX.IntrinsicElements`. */
export interface PlauditElements {
  /** Stars, average and count. */
  'plaudit-rating': ProductAttributes;
  /** Summary, list and form. */
  'plaudit-reviews': ProductAttributes;
}

/** What the elements tell the page; all bubble. */
export interface PlauditEvents {
  /** The reviews are shown. */
  'plaudit:ready': CustomEvent<{ product: string }>;
  /** A visitor has sent a review. */
  'plaudit:submit': CustomEvent<{ product: string; id: string; isPublished: boolean }>;
  /** A widget could not be shown; its children are. */
  'plaudit:error': CustomEvent<{ product: string; error?: unknown }>;
}
