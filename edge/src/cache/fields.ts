/** Header fields on their way through a cache. */

/** Meant for one connection only (RFC 9110 §7.6.1, RFC 9111 §3.1), or kept apart. */
const NOT_TRAVELLING = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The fields that may travel on, in lower case; cookies apart, because their lines cannot be joined. */
export function endToEnd(headers: Headers): Record<string, string> {
  const named = new Set(
    (headers.get('connection') ?? '').split(',').map((name) => name.trim().toLowerCase()),
  );
  const fields: Record<string, string> = {};
  for (const [name, value] of headers) {
    if (!NOT_TRAVELLING.has(name) && !named.has(name)) fields[name] = value;
  }
  return fields;
}

/** The members of a comma-separated list, in lower case. */
export function listMembers(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((member) => member.trim().toLowerCase())
    .filter((member) => member !== '');
}
