/** The two ways a call can fail: the server said no, or no usable answer came. */

import type { Problem } from '@plaudit/contract';

/** The server answered with an error. `problem.type` is stable and meant for programs. */
export class PlauditProblem extends Error {
  override readonly name = 'PlauditProblem';
  /** The answer's problem document; made up from the status line where the server sent none. */
  declare readonly problem: Problem;
  /** How long the server asks to wait before the next try, in milliseconds; 0 if it does not say. */
  declare readonly retryAfterMs: number;

  constructor(problem: Problem, retryAfterMs: number) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }
}

/** No usable answer: no connection, no answer before the deadline, or an answer that broke off. */
export class PlauditNetworkError extends Error {
  override readonly name = 'PlauditNetworkError';
}

/** Tells by shape, not by class: a page may hold several copies of this module. */
export const isPlauditProblem = (error: unknown): error is PlauditProblem =>
  (error as Partial<PlauditProblem> | null | undefined)?.problem !== undefined;
