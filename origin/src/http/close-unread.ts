import type { HttpBindings } from '@hono/node-server';
import { createMiddleware } from 'hono/factory';

/**
 * Says that the connection ends with an answer that was given before the whole body was read: what
 * is left of the body stands before the next request, and the server cuts the connection rather than
 * read it all (RFC 9112 §9.6). A client that is not told would send its next request into the cut.
 */
export const closeUnread = createMiddleware<{ Bindings: Partial<HttpBindings> }>(
  async (context, next) => {
    await next();
    // Asked in memory there is no connection, and Hono has nothing here, whatever its types say.
    const { incoming, outgoing }: Partial<HttpBindings> = context.env ?? {};
    if (!incoming || !outgoing || outgoing.headersSent || incoming.readableEnded) return;
    const hasArrived = incoming.complete && incoming.readableLength === 0;
    if (!hasArrived) context.header('connection', 'close');
  },
);
