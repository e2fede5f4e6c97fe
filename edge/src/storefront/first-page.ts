/** The first page of a product's reviews, as the shop's widgets ask for it. */
import { productReviewsPath, toReviewSearch, type Settings } from '@plaudit/contract';

/**
 * The canonical address of that page.
 * @throws {SyntaxError} where the settings are not JSON.
 */
export function firstPagePath(appKey: string, product: string, settings: ArrayBuffer): string {
  const limit = (parseJson(settings) as Partial<Settings>).layout?.pageSize;
  return (
    productReviewsPath(appKey, product) + (limit === undefined ? '' : toReviewSearch({ limit }))
  );
}

/** @throws {SyntaxError} */
export const parseJson = (body: ArrayBuffer): unknown => JSON.parse(new TextDecoder().decode(body));
