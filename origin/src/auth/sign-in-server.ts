import type { Provider } from 'oidc-provider';
import type { Authenticate } from './access.ts';
import { createAuthenticate } from './authenticate.ts';
import { createSecretCheck, type CheckSecret } from './check-secret.ts';
import { createProvider, type ProviderDependencies } from './provider.ts';

/** What apps and people sign in with. */
export interface SignInServer {
  provider: Provider;
  checkSecret: CheckSecret;
  /** The check of access tokens. */
  authenticate: Authenticate;
  secrets: readonly string[];
}

/** Makes it. */
export function createSignInServer(
  dependencies: Omit<ProviderDependencies, 'checkSecret'>,
): SignInServer {
  const checkSecret = createSecretCheck(dependencies);
  const provider = createProvider({ ...dependencies, checkSecret });
  const authenticate = createAuthenticate(dependencies);
  return { provider, checkSecret, authenticate, secrets: dependencies.secrets };
}
