import type { Provider } from 'oidc-provider';
import { createSecretCheck, type CheckSecret } from './check-secret.ts';
import { createProvider, type ProviderDependencies } from './provider.ts';

/** What apps and people sign in with. */
export interface SignInServer {
  provider: Provider;
  checkSecret: CheckSecret;
  secrets: readonly string[];
}

/** Makes it. */
export function createSignInServer(
  dependencies: Omit<ProviderDependencies, 'checkSecret'>,
): SignInServer {
  const checkSecret = createSecretCheck(dependencies);
  const provider = createProvider({ ...dependencies, checkSecret });
  return { provider, checkSecret, secrets: dependencies.secrets };
}
