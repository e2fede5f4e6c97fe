/** What an app key may look like: it stands in paths, file names and cache tags. */
export const APP_KEY_PATTERN = /^[A-Za-z0-9][\w-]{1,63}$/;
