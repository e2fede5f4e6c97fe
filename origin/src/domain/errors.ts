/** What can go wrong by the caller's doing. Transports turn these into their own error answers. */
import type { FieldError } from '@plaudit/contract';

export { KeysUnavailableError } from '../vault/key-provider.ts';
export { isUnavailable } from '../db/is-unavailable.ts';

/** There is no such shop, or it is not the caller's to see. */
export class UnknownShopError extends Error {
  constructor(appKey: string) {
    super(`There is no shop "${appKey}".`);
  }
}

/** There is no such review in this shop. */
export class UnknownReviewError extends Error {
  constructor(id: string) {
    super(`There is no review "${id}" in this shop.`);
  }
}

/** There is no such question or answer in this shop, or it is not published. */
export class UnknownSubjectError extends Error {
  constructor(kind: 'question' | 'answer', id: string) {
    super(`There is no ${kind} "${id}" in this shop.`);
  }
}

/** There was no such version of these settings. */
export class UnknownVersionError extends Error {
  constructor(version: number) {
    super(`There is no version ${version}.`);
  }
}

/** A cursor that this list did not give. */
export class InvalidCursorError extends Error {
  constructor() {
    super('"cursor" must be the value of `next` from an earlier answer to the same question.');
  }
}

/** Answers that do not fit the questions of the shop's form. */
export class InvalidAnswersError extends Error {
  readonly errors: FieldError[];

  constructor(errors: FieldError[]) {
    super('The answers do not fit the questions.');
    this.errors = errors;
  }
}

/** There is no such product in this shop. */
export class UnknownProductError extends Error {
  constructor(name: { number: number } | { externalId: string }) {
    super(`There is no product "${Object.values(name).join('')}" in this shop.`);
  }
}

/** The product has no such variant. */
export class UnknownVariantError extends Error {
  constructor(name: number | string) {
    super(`There is no variant ${typeof name === 'number' ? name : `"${name}"`} of this product.`);
  }
}

/** There is no such collection in this shop. */
export class UnknownCollectionError extends Error {
  constructor(number: number) {
    super(`There is no collection ${number} in this shop.`);
  }
}

/** There is no such order in this shop. */
export class UnknownOrderError extends Error {
  constructor(name: { number: number } | { externalId: string }) {
    super(`There is no order "${Object.values(name).join('')}" in this shop.`);
  }
}

/** The order has no such fulfilment. */
export class UnknownFulfilmentError extends Error {
  constructor(number: number) {
    super(`There is no fulfilment ${number} of this order.`);
  }
}

/** The shop has told of it before: it is to be changed, not made. */
export class AlreadyKnownError extends Error {
  constructor(
    kind: 'product' | 'variant' | 'collection' | 'order' | 'fulfilment',
    externalId: string,
  ) {
    super(`There is a ${kind} "${externalId}" already.`);
  }
}

/** There is no such upload in this shop, or it belongs to another review. */
export class UnknownUploadError extends Error {
  constructor(id: string) {
    super(`There is no upload "${id}" in this shop.`);
  }
}

/** The same person has written the same of the same product before. */
export class DuplicateReviewError extends Error {
  constructor() {
    super('You have written this very review of this product before. It is with the shop.');
  }
}

/** A review that was decided on: its writer cannot change it any more. */
export class NotEditableError extends Error {
  constructor() {
    super('This review was decided on. It cannot be changed any more.');
  }
}

/** An idempotency key that was used for something else before. */
export class IdempotencyConflictError extends Error {
  constructor(what: 'review' | 'question' | 'request' = 'review') {
    super(`This idempotency key was used for another ${what}. Use a new key for a new ${what}.`);
  }
}
