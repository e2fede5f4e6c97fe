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
}

/** As they stand in the loader: with the name of the translation there is for the locale. */
export interface BakedSettings extends Settings {
  /** Absent for English, and where there is no translation. */
  language?: string;
}

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
}

/** What a new shop starts with. */
export const DEFAULT_SETTINGS: Settings = {
  version: 1,
  locale: 'en',
  look: { scheme: 'auto' },
  layout: { pageSize: 10 },
  texts: {},
};
