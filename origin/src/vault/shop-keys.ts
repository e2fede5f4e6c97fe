import { createSecretKey, type KeyObject } from 'node:crypto';
import { lookUpHash, openBytes, sealBytes } from './seal.ts';

/** Where a sealed value stands: moved to another row, column or shop, it does not open. */
export interface Place {
  column:
    | 'reviews.email'
    | 'questions.email'
    | 'customers.sealed'
    | 'webhook_endpoints.secret'
    | 'import_files.key'
    | 'request_answers.answer';
  /** The row's public id, or what else names it. */
  row: string;
}

/** What a shop's data keys do; they themselves stay in here. */
export interface ShopKeys {
  /** Of the key that seals. */
  version: number;
  seal: (place: Place, text: string) => string;
  /** @throws Error when it was not sealed by this shop at this place */
  open: (place: Place, sealed: string) => string;
  /** A keyed hash to find an address by. */
  addressHash: (address: string) => string;
  /** A keyed hash in place of a plain one, which could be found out by trying. */
  digest: (digest: string) => string;
}

const SEALED = /^v(\d{1,9})\.([\w-]+)$/;

/** Makes them of a shop's unwrapped keys. */
export function createShopKeys(
  shopId: number,
  sealKeys: ReadonlyMap<number, Buffer>,
  indexKey: Buffer,
): ShopKeys {
  const version = Math.max(...sealKeys.keys());
  // Bytes would be made into a key at each use, which takes longer than the use.
  const seals = new Map([...sealKeys].map(([of, key]) => [of, createSecretKey(key)]));
  const index = createSecretKey(indexKey);
  const keyOf = (wanted: number): KeyObject => {
    const key = seals.get(wanted);
    if (!key) throw new Error(`There is no data key ${wanted} of this shop.`);
    return key;
  };
  const toPlace = ({ column, row }: Place) => [shopId, column, row];
  return {
    version,
    seal: (place, text) =>
      `v${version}.${sealBytes(keyOf(version), toPlace(place), Buffer.from(text)).toString('base64url')}`,
    open: (place, sealed) => {
      const [, used = '0', bytes = ''] = SEALED.exec(sealed) ?? [];
      return openBytes(
        keyOf(Number(used)),
        toPlace(place),
        Buffer.from(bytes, 'base64url'),
      ).toString();
    },
    addressHash: (address) => lookUpHash(index, 'address', address.trim().toLowerCase()),
    digest: (digest) => lookUpHash(index, 'digest', digest),
  };
}
