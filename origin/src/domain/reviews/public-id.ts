import { randomBytes } from 'node:crypto';

/**
 * A new id for the outside world: 96 random bits, which tell neither order nor volume. Hexadecimal,
 * so that none looks like an option to a command line.
 */
export const newPublicId = (): string => randomBytes(12).toString('hex');
