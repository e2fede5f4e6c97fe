/** What every HTML page of ours says to the browser that shows it. */

/** The fields by which a page is not framed, sniffed, kept, or told of where it leads. */
const FIELDS = {
  'content-type': 'text/html; charset=UTF-8',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
};
/** What a policy names by itself, as `default-src` does not stand in for all of it (CSP 3, §6.8). */
const DIRECTIVES = [
  /^default-src 'none'$/,
  /^frame-ancestors 'none'$/,
  /^base-uri 'none'$/,
  /^form-action '(none|self)'/,
];
/** No page of ours has a script; what else is let through is named by nonce, digest or origin. */
const TOO_WIDE = /script|unsafe|\*|data:|blob:|https?:(?!\/\/)/;

/** What is missing or too wide, one line each. */
export function faultsOf({ headers }: { headers: Headers }): string[] {
  const policy = (headers.get('content-security-policy') ?? '').split('; ');
  return [
    ...Object.entries(FIELDS).flatMap(([name, value]) =>
      headers.get(name) === value ? [] : [`${name}: ${headers.get(name)}`],
    ),
    ...DIRECTIVES.filter((wanted) => !policy.some((one) => wanted.test(one))).map(String),
    ...policy.filter((one) => TOO_WIDE.test(one)),
  ];
}
