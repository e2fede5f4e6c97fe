/** The question whose answer is the variant of the product that a review is of. */
export { VARIANT_QUESTION } from '@plaudit/contract';
