import type { Review, Settings } from '@plaudit/sdk';
import { suffix } from 'virtual:chunks';

/** What the large view is opened in and out of. */
export interface Opening {
  root: ShadowRoot;
  /** Those whose photos it leads through. */
  reviews: readonly Review[];
  settings: Settings;
}

/**
 * Opens the photo that was clicked large. The large view is that of the reviews, whose chunk is
 * loaded on the first click only. Videos, and clicks that ask for a tab, follow the link.
 */
export function openLarge(event: MouseEvent, opening: Opening): void {
  const link = (event.target as Element).closest('[part=photo] a');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const start = link.getAttribute('href') ?? '';
  const open = async (): Promise<void> => {
    const reviews = (await import(`./reviews${suffix}`)) as typeof import('../reviews/index.tsx');
    await reviews.openPhotos({ ...opening, start });
  };
  open().catch(() => window.open(start, '_blank', 'noreferrer'));
}
