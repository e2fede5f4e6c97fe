import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';

/** The platform's own; the server puts a quicker one in its place, which it would send without a look. */
const PlatformResponse = RESPONSE_ALREADY_SENT.constructor as typeof Response;

/**
 * What a route gives back when Node's own response is sent already: nothing, but its status for whoever
 * counts.
 */
export const alreadySent = ({ outgoing }: HttpBindings): Response =>
  new PlatformResponse(null, {
    status: outgoing.statusCode,
    headers: RESPONSE_ALREADY_SENT.headers,
  });
