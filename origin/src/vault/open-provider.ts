import { createKmsProvider, type KmsConfig } from './aws-kms.ts';
import { createFileProvider } from './key-file.ts';
import type { KeyProvider } from './key-provider.ts';

/** Where keys come from. */
export interface VaultConfig {
  keyFile: string;
  /** Wraps instead of the file, which then still unwraps what it had wrapped. */
  kms?: KmsConfig;
}

/**
 * Opens the provider that the configuration names.
 * @param mayMakeFile whether a key file may be made where there is none
 */
export function openProvider(
  { keyFile, kms }: VaultConfig,
  mayMakeFile: () => Promise<boolean>,
): KeyProvider {
  if (!kms) return createFileProvider(keyFile, mayMakeFile);
  const service = createKmsProvider(kms);
  const file = createFileProvider(keyFile, async () => false);
  return {
    ...service,
    unwrapKey: (wrapped, purpose) =>
      (wrapped.startsWith('file:') ? file : service).unwrapKey(wrapped, purpose),
  };
}
