import { randomBytes } from 'node:crypto';

/** The scheme asks for 24 to 64 random bytes. */
const SECRET_BYTES = 32;

/** A new signing secret, as receivers' libraries take it. */
export const newWebhookSecret = (): string =>
  `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
