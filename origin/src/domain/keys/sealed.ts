/** How rows keep what nobody may read in them. */
import type { Place, ShopKeys } from '../../vault/shop-keys.ts';

/** The fields of a row that keeps an address, or none. */
export interface SealedAddress {
  email: string | null;
  emailHash: string | null;
  keyVersion: number;
}

/** Seals the address of a row. */
export const sealAddress = (keys: ShopKeys, place: Place, email: string | null): SealedAddress => ({
  email: email === null ? null : keys.seal(place, email),
  emailHash: email === null ? null : keys.addressHash(email),
  keyVersion: keys.version,
});

/** Opens the address of a row; one that was written before there were keys is as it is. */
export const openAddress = (
  keys: ShopKeys,
  place: Place,
  { email, keyVersion }: Pick<SealedAddress, 'email' | 'keyVersion'>,
): string | null => (email === null || keyVersion === 0 ? email : keys.open(place, email));

/** Seals the secret of an endpoint; the one before it is sealed in the same way. */
export const sealSecret = (keys: ShopKeys, endpointId: string, secret: string): string =>
  keys.seal({ column: 'webhook_endpoints.secret', row: endpointId }, secret);

/** Opens a secret of an endpoint. */
export const openSecret = (
  keys: ShopKeys,
  { publicId, keyVersion }: { publicId: string; keyVersion: number },
  secret: string,
): string =>
  keyVersion === 0
    ? secret
    : keys.open({ column: 'webhook_endpoints.secret', row: publicId }, secret);

/** The keyed digest of what was submitted; of one that was written before there were keys as well. */
export const keyedDigest = (
  keys: ShopKeys,
  { keyVersion, sourceDigest }: { keyVersion: number; sourceDigest: string | null },
): string | null =>
  sourceDigest !== null && keyVersion === 0 ? keys.digest(sourceDigest) : sourceDigest;
