/**
 * Parts of the work for a request, with the time each takes. They are written down only within a
 * request that is traced; everywhere else this costs a look at a variable.
 */
import { SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';
import { toFailureRecord } from './failure-record.ts';

/** Looked up each time: what is kept would go on with a collector that has been let go. */
export const tracer = () => trace.getTracer('plaudit-origin');

/** Does work as a part of the one that is under way. */
export async function inSpan<T>(
  name: string,
  work: (span: Span | undefined) => Promise<T>,
  attributes: () => Attributes = () => ({}),
): Promise<T> {
  if (!trace.getActiveSpan()?.isRecording()) return work(undefined);
  return tracer().startActiveSpan(name, { attributes: attributes() }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      failSpan(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Notes of an error what may be noted: its message may hold a row. */
export function failSpan(span: Span, error: unknown): void {
  const { name, code = name } = toFailureRecord(error);
  span.setStatus({ code: SpanStatusCode.ERROR, message: code });
  span.setAttribute('error.type', code);
}

/** Names the trace that is under way, for what is logged meanwhile. */
export function currentTrace(): { traceId?: string } {
  const span = trace.getActiveSpan();
  return span ? { traceId: span.spanContext().traceId } : {};
}
