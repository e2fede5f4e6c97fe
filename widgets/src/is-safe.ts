import type { Media } from '@plaudit/sdk';

/** No other scheme is ever right for media; `javascript:` would be an attack. */
export const isSafe = ({ url }: Media): boolean => /^https?:/i.test(url);
