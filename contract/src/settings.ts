import type { ReviewPage } from './rating-summary.ts';

/** What the widgets of a shop look like and say. Public: it is baked into the loader. */
export interface Settings {
  /** Grows by one with every change. */
  version: number;
  /** BCP 47 language of the widgets' own texts; a page's `lang` attribute does not override it. */
  locale: string;
  look: Look;
  layout: Layout;
  /** Texts the merchant changed, by message key; all others come with the widgets. */
  texts: Record<string, string>;
  /** What the form to write a review asks beyond stars and words. */
  form?: ReviewForm;
  /** Other products' markup that widgets stand in for; none where it is absent. */
  adopt?: Adoption;
}

/** The products whose markup can be adopted. */
export const ADOPTED_PRODUCTS = [
  'yotpo',
  'judgeme',
  'loox',
  'okendo',
  'stamped',
  'shopify',
] as const;
export type AdoptedProduct = (typeof ADOPTED_PRODUCTS)[number];

/** The widgets that can stand in for another product's. */
export const ADOPTING_WIDGETS = [
  'rating',
  'reviews',
  'badge',
  'carousel',
  'gallery',
  'questions',
  'tab',
  'review-form',
] as const;
export type AdoptingWidget = (typeof ADOPTING_WIDGETS)[number];

/** What is adopted of the markup that a shop's pages were written with. */
export interface Adoption {
  from: AdoptedProduct[];
  /** What Yotpo's instances are, by their number; without it, their attributes must tell. */
  instances?: Record<string, AdoptingWidget>;
}

/** The shop's own part of the form to write a review. */
export interface ReviewForm {
  questions?: CustomQuestion[];
  /** Shown beside the button that sends; plain text. */
  consentText?: string;
}

/** A question of the shop's own that reviewers answer. */
export interface CustomQuestion {
  /** Chosen by the shop, and never given to another question: answers are kept under it. */
  id: string;
  /** One of the options, any number of them, 1 to 5, or free words. */
  kind: 'single' | 'multiple' | 'scale' | 'text';
  label: string;
  /** Of `single` and `multiple`. */
  options?: string[];
  required?: boolean;
}

/** As they stand in the loader: with the name of the translation there is for the locale. */
export interface BakedSettings extends Settings {
  /** Absent for English, and where there is no translation. */
  language?: string;
}

/** What `plaudit.js?product=` carries besides, so that the first view of a product asks for nothing. */
export interface CarryingSettings extends BakedSettings {
  carried: {
    product: string;
    /** The address whose answer `page` is. */
    path: string;
    page: ReviewPage;
  };
}

/** What the adopting script carries; with `?product=`, the first view of that product too. */
export type AdoptingSettings = BakedSettings & { adopt: Adoption } & Partial<
    Pick<CarryingSettings, 'carried'>
  >;

/** Colours are CSS colours; absent ones take the widgets' defaults. */
export interface Look {
  scheme: 'auto' | 'light' | 'dark';
  accentColor?: string;
  starColor?: string;
  /** In CSS pixels. */
  cornerRadius?: number;
}

/** How much is shown at once. */
export interface Layout {
  /** Reviews a page, 1 to 100. */
  pageSize: number;
  /** How reviews are laid out; a list where it is absent. An element's `layout` attribute goes before it. */
  arrangement?: 'list' | 'grid' | 'compact';
  /** How reviews go on; with a button for more where it is absent. An element's `pages` goes before it. */
  pages?: 'more' | 'numbered';
}

/** What a new shop starts with. */
export const DEFAULT_SETTINGS: Settings = {
  version: 1,
  locale: 'en',
  look: { scheme: 'auto' },
  layout: { pageSize: 10 },
  texts: {},
};
