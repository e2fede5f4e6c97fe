import type { Provider } from 'oidc-provider';
import type { Authenticate } from './access.ts';
import { createAuthenticate } from './authenticate.ts';
import { createSecretCheck, type CheckSecret } from './check-secret.ts';
import { createClientAddressOf, type ClientAddressOf } from './client-address.ts';
import { createProvider, type ProviderDependencies } from './provider.ts';

/** What apps and people sign in with. */
export interface SignInServer {
  provider: Provider;
  checkSecret: CheckSecret;
  clientAddressOf: ClientAddressOf;
  /** The check of access tokens. */
  authenticate: Authenticate;
  secrets: readonly string[];
}

/** Makes it. */
export function createSignInServer(
  dependencies: Omit<ProviderDependencies, 'checkSecret' | 'clientAddressOf'> & {
    /** No edge is believed about its clients without one. */
    clientAddressOf?: ClientAddressOf;
  },
): SignInServer {
  const { clientAddressOf = createClientAddressOf('', dependencies.now) } = dependencies;
  const checkSecret = createSecretCheck(dependencies);
  const provider = createProvider({ ...dependencies, checkSecret, clientAddressOf });
  const authenticate = createAuthenticate(dependencies);
  return { provider, checkSecret, clientAddressOf, authenticate, secrets: dependencies.secrets };
}
