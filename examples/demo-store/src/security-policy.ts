/**
 * The strictest policy a shop can have, and the proof that Plaudit needs no more: scripts and data
 * from the edge, pictures from wherever reviewers' photos are kept, no inline code or style, Trusted Types on.
 */
export function securityPolicy(edgeUrl: string, path = '/'): string {
  const isGallery = path.startsWith('/gallery');
  return [
    "default-src 'none'",
    `script-src 'self' ${edgeUrl}`,
    `connect-src 'self' ${edgeUrl}`,
    "style-src 'self'",
    `img-src 'self' data: https: ${edgeUrl}`,
    "form-action 'self'",
    "base-uri 'none'",
    // The gallery shows its pages in frames of their own.
    `frame-src ${isGallery ? "'self'" : "'none'"}`,
    `frame-ancestors ${isGallery ? "'self'" : "'none'"}`,
    "require-trusted-types-for 'script'",
    'trusted-types store-navigation',
  ].join('; ');
}
