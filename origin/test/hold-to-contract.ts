/** An origin whose answers are looked at on their way out. */
import type { Hono } from 'hono';
import type { ApiDocument } from '../src/http/management/describe-api.ts';
import { createAnswerCheck } from './api-contract.ts';

const API = '/api/v1';

/** The origin, and what it did against its document. */
export interface Contract {
  answer: (request: Request, env: object) => Promise<Response>;
  /** @throws Error that names each kind of breach once */
  check: () => void;
}

/**
 * Holds every answer of the management API against the document. Answers stay
 * as they are; those without a JSON body are told by status and media type alone, so that streams flow.
 */
export function holdToContract(app: Hono, document: ApiDocument): Contract {
  const faultOf = createAnswerCheck(document);
  const faults = new Map<string, string>();

  return {
    answer: async (request, env) => {
      const answer = await app.fetch(request, env);
      const { pathname } = new URL(request.url);
      if (!pathname.startsWith(`${API}/`)) return answer;
      const mediaType = answer.headers.get('content-type') ?? undefined;
      const isJson = /^application\/(?:problem\+)?json(?:;|$)/.test(mediaType ?? '');
      const text = isJson ? await answer.text() : undefined;
      const { status, headers } = answer;
      const given = { status, mediaType, ...(text !== undefined && { text }) };
      const fault = faultOf(request.method, pathname.slice(API.length), given);
      if (fault !== undefined)
        faults.set(fault.slice(0, 100), `${request.method} ${pathname}: ${fault}`);
      return text === undefined ? answer : new Response(text, { status, headers });
    },
    check: () => {
      if (faults.size === 0) return;
      throw new Error(
        `Answers that the document does not declare:\n${[...faults.values()].join('\n')}`,
      );
    },
  };
}
