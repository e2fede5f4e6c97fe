import type { Provider } from 'oidc-provider';
import { createProvider, type ProviderDependencies } from './provider.ts';

/** What apps and people sign in with. */
export interface SignInServer {
  provider: Provider;
  secrets: readonly string[];
}

/** Makes it. */
export const createSignInServer = (dependencies: ProviderDependencies): SignInServer => ({
  provider: createProvider(dependencies),
  secrets: dependencies.secrets,
});
