/**
 * A list of reviews is a product's or a group's: the products of a group show what was written of any of
 * them. Groups have negative numbers, so that the number of a list says which it is.
 */
import { eq, type SQL } from 'drizzle-orm';
import { products, reviews } from '../../db/schema.ts';

/** What names the lists that a review stands in. */
export interface Listed {
  productId: number;
  groupId: number | null;
}

/** Whether a list is a group's. */
export const isGroup = (listId: number): boolean => listId < 0;

/** The condition that a review stands in a list. */
export const isInList = (listId: number): SQL =>
  eq(isGroup(listId) ? reviews.groupId : reviews.productId, listId);

/** The condition that what is written of a product stands in a list. */
export const isOfList = (listId: number): SQL =>
  eq(isGroup(listId) ? products.groupId : products.id, listId);

/** The lists that a review stands in: its product's, seen or not, and its group's. */
export const listsOf = ({ productId, groupId }: Listed): number[] =>
  groupId === null ? [productId] : [groupId, productId];
