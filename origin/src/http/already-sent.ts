import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';

/** What a route gives back when Node's own response is sent already: nothing, but its status for who counts. */
export const alreadySent = ({ outgoing }: HttpBindings): Response =>
  new Response(null, { status: outgoing.statusCode, headers: RESPONSE_ALREADY_SENT.headers });
