import type { BakedSettings } from '@plaudit/contract';
import type { Settings } from '@plaudit/sdk';
import type { LoadChunk } from './load-chunk.ts';

interface Translation {
  default: Settings['texts'];
}

/** The settings with all texts in the shop's language under those that the shop wrote itself. */
export function translate(
  loadChunk: LoadChunk,
  settings: BakedSettings,
): Settings | Promise<Settings> {
  return settings.language
    ? loadChunk<Translation>(settings.language).then(
        (translation) => ({ ...settings, texts: { ...translation.default, ...settings.texts } }),
        // English texts are better than none.
        () => settings,
      )
    : settings;
}
