import { randomBytes } from 'node:crypto';

/** A new id for the outside world: 96 random bits, which tell neither order nor volume. */
export const newPublicId = (): string => randomBytes(12).toString('base64url');
