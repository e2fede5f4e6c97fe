import { errors, type Client, type ClientCredentials, type Provider } from 'oidc-provider';

/**
 * Issues an access token to an app that acts for itself: with what it asks for of its scopes, or with
 * all of them. The library's own grant would pass on scopes that nobody knows, and give none where
 * none was asked for.
 * @throws InvalidScope
 */
export async function issueToken(
  provider: Provider,
  client: Client,
  asked: string | undefined,
): Promise<{ value: string; token: ClientCredentials }> {
  const own = client.scope?.split(' ') ?? [];
  const wanted = asked?.split(' ').filter(Boolean) ?? [];
  const stray = wanted.find((scope) => !own.includes(scope));
  if (stray !== undefined) throw new errors.InvalidScope('requested scope is not allowed', stray);
  const scope = own.filter((one) => wanted.length === 0 || wanted.includes(one)).join(' ');
  const token = new provider.ClientCredentials({ client, scope });
  return { value: await token.save(), token };
}
