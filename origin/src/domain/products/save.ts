import type { Context } from '../context.ts';
import { AlreadyKnownError, UnknownProductError } from '../errors.ts';
import type { CatalogueProduct, ProductFields } from './catalogue-product.ts';
import { changeProduct, createProduct } from './change.ts';
import type { Change } from './traded.ts';

/**
 * Keeps what a shop tells of a product, which is made where there is none of that id.
 * @throws UnknownShopError
 */
export async function saveProduct(
  context: Context,
  appKey: string,
  externalId: string,
  fields: Change<ProductFields>,
): Promise<CatalogueProduct> {
  try {
    return await changeProduct(context, appKey, { externalId }, fields);
  } catch (error) {
    if (!(error instanceof UnknownProductError)) throw error;
  }
  try {
    return await createProduct(context, appKey, externalId, fields);
  } catch (error) {
    // Another has told of it meanwhile.
    if (error instanceof AlreadyKnownError) {
      return changeProduct(context, appKey, { externalId }, fields);
    }
    throw error;
  }
}
