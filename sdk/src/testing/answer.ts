/** An answer before it is written: everything that decides it, nothing of the connection. */

import {
  PROBLEM_MEDIA_TYPE,
  toProblem,
  type Parsed,
  type Problem,
  type ProblemName,
} from '@plaudit/contract';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

export const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});

export function problem(
  name: ProblemName,
  more?: Pick<Problem, 'detail' | 'parameter' | 'errors'>,
  headers: Record<string, string> = {},
): Answer {
  const document = toProblem(name, more);
  return {
    status: document.status,
    headers: { 'content-type': PROBLEM_MEDIA_TYPE, ...headers },
    body: JSON.stringify(document),
  };
}

/** The answer to a question that could not be read. */
export const invalidParameter = ({
  parameter,
  detail,
}: Extract<Parsed<unknown>, { ok: false }>): Answer =>
  problem('invalid-parameter', { parameter, detail });
