import { Webhook } from 'standardwebhooks';
import type { AttemptFailure } from '../../db/webhook-schema.ts';
import { ForbiddenAddressError, type Outbound } from '../../outbound/outbound.ts';
import { parseRetryAfter } from './next-wait.ts';

/** A receiver that has not answered by then has failed. */
const SEND_LIMIT_MS = 15_000;

/** What is sent, and to whom. */
export interface Message {
  url: string;
  messageId: string;
  payload: string;
  /** Each signs; receivers accept any one of the signatures. */
  secrets: readonly string[];
}

/** How an attempt ended. Nothing that the receiver said is kept but its status. */
export interface SendOutcome {
  status?: number;
  failure?: AttemptFailure;
  /** 0 where the receiver asked for no pause. */
  retryAfterMs: number;
  durationMs: number;
}

/**
 * Sends one message by the Standard Webhooks scheme. A redirect is a failure: it is not followed. Of what is
 * answered the body is not read.
 * @param limitMs until the answer's fields are there, from the look-up of the name on
 */
export async function sendWebhook(
  { fetch }: Outbound,
  now: () => Date,
  { url, messageId, payload, secrets }: Message,
  limitMs = SEND_LIMIT_MS,
): Promise<SendOutcome> {
  const sentAt = now();
  const ended = () => ({ durationMs: Math.max(0, now().getTime() - sentAt.getTime()) });
  try {
    const answer = await fetch(new URL(url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Plaudit-Webhooks/1',
        'webhook-id': messageId,
        'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
        'webhook-signature': secrets
          .map((secret) => new Webhook(secret).sign(messageId, sentAt, payload))
          .join(' '),
      },
      body: payload,
      signal: AbortSignal.timeout(limitMs),
    });
    await answer.body?.cancel();
    const retryAfterMs = parseRetryAfter(answer.headers.get('retry-after'), now().getTime());
    return { status: answer.status, retryAfterMs, ...ended() };
  } catch (error) {
    return { failure: toFailure(error), retryAfterMs: 0, ...ended() };
  }
}

function toFailure(error: unknown): AttemptFailure {
  if (error instanceof ForbiddenAddressError) return 'forbidden-address';
  return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable';
}
