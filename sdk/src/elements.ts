/** The custom elements, as JSX in any framework may type them; see the README for the two lines it takes. */

/** Listeners as React 19, Preact and Svelte 5 take them: `onplaudit:ready={…}`. */
type EventAttributes = {
  [Type in keyof PlauditEvents as `on${Type}`]?: (event: PlauditEvents[Type]) => void;
};

/** What every HTML element may have, in the spelling of any framework. */
interface CommonAttributes extends EventAttributes {
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

interface ShopAttributes extends CommonAttributes {
  /** The shop's own product id; without it, the widget is about the whole shop. */
  product?: string;
}

interface WritingAttributes {
  /** Which variant a review that is written here is of, in the shop's words (`Red / M`). */
  variant?: string;
}

interface ReviewsAttributes extends ShopAttributes, WritingAttributes {
  /** How the reviews are arranged: one below the other unless told otherwise. */
  layout?: 'list' | 'grid' | 'compact';
  /** How they go on: with a button for more unless told otherwise. */
  pages?: 'more' | 'numbered';
  /** What the reviews talk about that are shown first; the visitor may take it back. */
  topic?: string;
}

interface LeadingAttributes extends ShopAttributes {
  /** Where it leads; without it, it is no link. */
  href?: string;
}

interface ReviewFormAttributes extends ProductAttributes, WritingAttributes {
  /** The stars that are chosen already: what a link in an e-mail says. */
  rating?: number | string;
}

/** Attributes by element name, for `JSX.IntrinsicElements`. */
export interface PlauditElements {
  /** Stars, average and count. */
  'plaudit-rating': ProductAttributes;
  /** Summary, list and, for a product, form; of the whole shop, each review with its product. */
  'plaudit-reviews': ReviewsAttributes;
  /** The form to write a review by itself, for a page that an e-mail leads to. */
  'plaudit-review-form': ReviewFormAttributes;
  /** What visitors ask about a product, what they were answered, and a form to ask. */
  'plaudit-questions': ProductAttributes;
  /** Stars, average and count of the whole shop, for a header or a footer. */
  'plaudit-badge': LeadingAttributes;
  /** Average, count and how many gave how many stars, in a strip. */
  'plaudit-summary': LeadingAttributes;
  /** What reviewers of a product talk about, with quotes; leads to the page's reviews of it. */
  'plaudit-highlights': ProductAttributes;
  /** Reviews side by side. */
  'plaudit-carousel': ShopAttributes;
  /** What reviewers photographed and filmed. */
  'plaudit-gallery': ShopAttributes;
  /** A button at the window's edge that opens the reviews in a side panel. */
  'plaudit-tab': ShopAttributes;
}

/** The same for JSX in Vue, whose listeners are called `onPlaudit:ready`. */
export type PlauditVueElements = {
  [Name in keyof PlauditElements]: Omit<PlauditElements[Name], keyof EventAttributes> & {
    [Type in keyof PlauditEvents as `on${Capitalize<Type>}`]?: (event: PlauditEvents[Type]) => void;
  };
};

/** The same for Vue's `GlobalComponents`, which templates are checked with: `@plaudit:ready="…"`. */
export type PlauditVueComponents = {
  [Name in keyof PlauditVueElements]: new () => { $props: PlauditVueElements[Name] };
};

/** What the elements tell the page; all bubble. */
export interface PlauditEvents {
  /** A widget other than a rating is shown; `product` is null where it is about the whole shop. */
  'plaudit:ready': CustomEvent<{ product: string | null }>;
  /** A visitor has sent a review. */
  'plaudit:submit': CustomEvent<{ product: string; id: string; isPublished: boolean }>;
  /** A visitor has withdrawn the review that was just sent. */
  'plaudit:withdraw': CustomEvent<{ product: string; id: string }>;
  /** A visitor has asked a question. */
  'plaudit:ask': CustomEvent<{ product: string; id: string; isPublished: boolean }>;
  /** A widget could not be shown; its children are. */
  'plaudit:error': CustomEvent<{ product: string | null; error?: unknown }>;
}
