/** No other scheme is ever right for what others give an address of; `javascript:` would be an attack. */
export const isSafe = (url = ''): boolean => /^https?:/i.test(url);
