/** The answers that the edge makes itself, and the fields that every answer to a visitor carries. */
import { PROBLEM_MEDIA_TYPE, toProblem, type Problem, type ProblemName } from '@plaudit/contract';
import { cacheStatus, DEFAULT_POLICY, type Handling } from '../cache/index.ts';

/** Public data without credentials: any page may read it, no page may run or frame it. */
export const SAFE_FIELDS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'cache-status, etag, ratelimit, ratelimit-policy, retry-after',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'timing-allow-origin': '*',
  'x-content-type-options': 'nosniff',
} as const;

/** What an origin's answer may carry to a visitor; all else stays between origin and edge. */
const PUBLIC_FIELDS = [
  'cache-control',
  'content-encoding',
  'content-language',
  'content-length',
  'content-type',
  'etag',
  'last-modified',
  'link',
  'retry-after',
];

/** The fields a visitor gets of an origin's answer. */
export function publicFields(fields: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = { ...SAFE_FIELDS };
  for (const name of PUBLIC_FIELDS) {
    if (fields[name] !== undefined) kept[name] = fields[name];
  }
  // Nothing else of a visitor's request reaches the origin, so nothing else can make a difference.
  if (/accept-encoding/i.test(fields['vary'] ?? '')) kept['vary'] = 'Accept-Encoding';
  kept['cache-control'] ??= 'no-store';
  return kept;
}

/** `Cache-Status` of an answer that the edge made. */
export const ownStatus = (handling: Handling): string => cacheStatus(DEFAULT_POLICY.name, handling);

type More = Pick<Problem, 'detail' | 'parameter'>;

/** An error answer: never stored, by anyone. */
export function problem(
  name: ProblemName,
  more: More = {},
  fields: Record<string, string> = {},
): Response {
  const body = toProblem(name, more);
  return answer(JSON.stringify(body), {
    status: body.status,
    fields: { 'content-type': PROBLEM_MEDIA_TYPE, ...fields },
  });
}

/** Any other answer of the edge's own; not stored unless the fields say so. */
export function answer(
  body: string | null,
  { status = 200, fields = {} }: { status?: number; fields?: Record<string, string> } = {},
): Response {
  const own = { 'cache-control': 'no-store', 'cache-status': ownStatus({ detail: 'edge' }) };
  return new Response(body, { status, headers: { ...SAFE_FIELDS, ...own, ...fields } });
}
