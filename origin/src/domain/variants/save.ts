import type { Context } from '../context.ts';
import { AlreadyKnownError, UnknownVariantError } from '../errors.ts';
import type { Change } from '../products/traded.ts';
import { findShop } from '../shops/find.ts';
import { changeVariant, createVariant } from './change.ts';
import { findVariant, type VariantName } from './find.ts';
import type { Variant, VariantFields } from './variant.ts';

/**
 * Keeps what a shop tells of a variant, which is made where the product has none of that id; without a
 * title it is then called by its id.
 * @throws UnknownShopError
 * @throws UnknownProductError
 */
export async function saveVariant(
  context: Context,
  appKey: string,
  name: VariantName,
  fields: Change<VariantFields>,
): Promise<Variant> {
  const { id: shopId } = await findShop(context.db, appKey);
  const change = async () =>
    changeVariant(context, appKey, await findVariant(context.db, shopId, name), fields);
  try {
    return await change();
  } catch (error) {
    if (!(error instanceof UnknownVariantError)) throw error;
  }
  try {
    const { productId, externalId } = name;
    const made = { ...fields, title: fields.title ?? externalId, externalId };
    return await createVariant(context, appKey, { externalId: productId }, made);
  } catch (error) {
    // Another has told of it meanwhile.
    if (error instanceof AlreadyKnownError) return change();
    throw error;
  }
}
