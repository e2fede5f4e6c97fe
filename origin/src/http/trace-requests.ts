/** Begins the trace of a request here, or goes on with the one that the edge has begun. */
import {
  context as contexts,
  isSpanContextValid,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
} from '@opentelemetry/api';
import type { MiddlewareHandler } from 'hono';
import { tracer } from '../span.ts';
import { methodOf, routeOf } from './request-names.ts';

/** W3C Trace Context §3.2: version 00, or a later one, of which the first four parts are as these. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:$|-)/;

export const traceRequests: MiddlewareHandler = (context, next) => {
  const method = methodOf(context);
  const parent = continueTrace(context.req.header('traceparent'));
  const about = { kind: SpanKind.SERVER, attributes: { 'http.request.method': method } };
  return tracer().startActiveSpan(method, about, parent, async (span) => {
    await next();
    const { status } = context.res;
    const route = routeOf(context);
    span.updateName(`${method} ${route}`);
    span.setAttributes({ 'http.route': route, 'http.response.status_code': status });
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
};

function continueTrace(traceparent = ''): Context {
  const active = contexts.active();
  const [, traceId = '', spanId = '', flags = '0'] = TRACEPARENT.exec(traceparent) ?? [];
  const remote = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(remote) ? trace.setSpanContext(active, remote) : active;
}
