/** `Strict-Transport-Security` of our own pages: a year, for every name below the origin's too (RFC 6797 §6.1). */
export const OWN_HSTS = 'max-age=31536000; includeSubDomains';
