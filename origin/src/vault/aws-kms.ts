/**
 * Wraps data keys with a key of AWS KMS, which never leaves it. Shop and kind are the encryption context,
 * so a wrapped key unwraps for nothing else and the service's own log says whose it was.
 */
import { createHash } from 'node:crypto';
import {
  DATA_KEY_BYTES,
  KeysUnavailableError,
  type KeyProvider,
  type KeyPurpose,
} from './key-provider.ts';

/** Which key of which service. */
export interface KmsConfig {
  /** Id, ARN or alias. */
  keyId: string;
  region: string;
  /** Where the service is, if not where the region says. */
  endpoint?: string;
}

/** For a call with all of its attempts: who writes a review waits for it. */
const DEADLINE_MS = 2000;
const CONNECT_LIMIT_MS = 500;
const ATTEMPT_LIMIT_MS = 800;
const ATTEMPTS_MAX = 3;
const WRAPPED = /^kms:[0-9a-f]{16}:([\w-]+)$/;

/** What the service says when the key must not be used, or is not the one. All else may pass. */
const REFUSALS = new Set([
  'AccessDeniedException',
  'DisabledException',
  'IncorrectKeyException',
  'InvalidCiphertextException',
  'InvalidKeyUsageException',
  'KMSInvalidStateException',
  'NotFoundException',
]);

/**
 * Makes the provider. Credentials are found the way AWS's own tools find them.
 * @param deadlineMs how long a call may take with all of its attempts
 */
export function createKmsProvider(
  { keyId, ...place }: KmsConfig,
  deadlineMs = DEADLINE_MS,
): KeyProvider {
  let opened: ReturnType<typeof open> | undefined;

  /** @throws KeysUnavailableError */
  async function ask<T>(work: (kms: Kms, options: SendOptions) => Promise<T>): Promise<T> {
    const kms = await (opened ??= open(place));
    const abortSignal = AbortSignal.timeout(deadlineMs);
    try {
      // Finding credentials takes no signal: the deadline is kept whatever hangs.
      return await Promise.race([work(kms, { abortSignal }), whenAborted(abortSignal)]);
    } catch (error) {
      throw toUnavailable(error);
    }
  }

  return {
    makeKey: (purpose) =>
      ask(async ({ client, GenerateDataKeyCommand }, options) => {
        const wanted = { KeyId: keyId, NumberOfBytes: DATA_KEY_BYTES };
        const context = { EncryptionContext: toContext(purpose) };
        const command = new GenerateDataKeyCommand({ ...wanted, ...context });
        const { KeyId, Plaintext, CiphertextBlob } = await client.send(command, options);
        return { key: toKey(Plaintext), wrapped: toWrapped(KeyId, CiphertextBlob) };
      }),
    wrapKey: (key, purpose) =>
      ask(async ({ client, EncryptCommand }, options) => {
        const context = { EncryptionContext: toContext(purpose) };
        const command = new EncryptCommand({ KeyId: keyId, Plaintext: key, ...context });
        const { KeyId, CiphertextBlob } = await client.send(command, options);
        return toWrapped(KeyId, CiphertextBlob);
      }),
    unwrapKey: (wrapped, purpose) =>
      ask(async ({ client, DecryptCommand }, options) => {
        const [, blob = ''] = WRAPPED.exec(wrapped) ?? [];
        // Which key it was is in the ciphertext: those before a change of keys unwrap as well.
        const command = new DecryptCommand({
          CiphertextBlob: Buffer.from(blob, 'base64url'),
          EncryptionContext: toContext(purpose),
        });
        return toKey((await client.send(command, options)).Plaintext);
      }),
  };
}

interface SendOptions {
  abortSignal: AbortSignal;
}

type Kms = Awaited<ReturnType<typeof open>>;

/** Loaded when it is first used: it takes a tenth of a second. */
async function open(place: Omit<KmsConfig, 'keyId'>) {
  const { KMSClient, ...commands } = await import('@aws-sdk/client-kms');
  const client = new KMSClient({
    ...place,
    maxAttempts: ATTEMPTS_MAX,
    requestHandler: {
      connectionTimeout: CONNECT_LIMIT_MS,
      requestTimeout: ATTEMPT_LIMIT_MS,
      throwOnRequestTimeout: true,
    },
  });
  return { client, ...commands };
}

const toContext = ({ shopId, kind }: KeyPurpose) => ({
  application: 'plaudit',
  shop: String(shopId),
  kind,
});

/** Says by which key it was wrapped without naming the account that has it. */
function toWrapped(keyId: string | undefined, blob: Uint8Array | undefined): string {
  if (keyId === undefined || blob === undefined) throw new Error('KMS gave no wrapped key.');
  const id = createHash('sha256').update(keyId).digest('hex').slice(0, 16);
  return `kms:${id}:${Buffer.from(blob).toString('base64url')}`;
}

function toKey(plaintext: Uint8Array | undefined): Buffer {
  if (plaintext?.length !== DATA_KEY_BYTES) throw new Error('What KMS gave is no data key.');
  return Buffer.from(plaintext);
}

const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('It did not answer in time.')));
  });

/** Its messages may name the account and who asked: the name alone is told. */
function toUnavailable(error: unknown): KeysUnavailableError {
  const name = error instanceof Error ? error.name : 'unknown';
  return new KeysUnavailableError(`KMS gave no key: ${name}.`, {
    isRefused: REFUSALS.has(name),
    cause: error,
  });
}
