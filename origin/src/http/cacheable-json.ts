/** An answer that caches may keep: explicit freshness, tags, a validator, and the client's coding. */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { cachingFields, type CACHING_POLICIES } from './caching-policy.ts';
import { chooseCoding, encodeOnce } from './content-coding.ts';

/** What the answer is, as JSON text, how long it keeps, and what it was made of. */
export interface Cacheable {
  json: string;
  policy: keyof typeof CACHING_POLICIES;
  tags: readonly string[];
}

/** Answers 200 with the body, or 304 when the client has it already (RFC 9110 §13.1.2). */
export async function cacheableJson(
  context: Context,
  { json, policy, tags }: Cacheable,
): Promise<Response> {
  const text = Buffer.from(json);
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 22);
  // Weak: one validator for all codings of the same content (RFC 9110 §8.8.1).
  const etag = `W/"${digest}"`;
  const fields = {
    ...cachingFields(policy),
    'cache-tag': tags.join(','),
    etag,
    vary: 'Accept-Encoding',
  };
  if (matches(context.req.header('if-none-match'), digest)) {
    return context.body(null, 304, fields);
  }
  const wanted = chooseCoding(context.req.header('accept-encoding'));
  const { coding, bytes } = await encodeOnce(digest, text, wanted);
  return context.body(bytes, 200, {
    ...fields,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(bytes.length),
    ...(coding === 'identity' ? {} : { 'content-encoding': coding }),
  });
}

/** Weak comparison against each member of the list, or `*`. */
function matches(ifNoneMatch: string | undefined, digest: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.some((tag) => tag === '*' || tag === `"${digest}"`);
}
