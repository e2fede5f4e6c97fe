/** Error answers: RFC 9457 problem details with a stable `type`. */

const PROBLEM_TYPES = {
  'invalid-parameter': { status: 400, title: 'A query parameter is not valid' },
  'invalid-body': { status: 400, title: 'The request body is not valid' },
  unauthorized: { status: 401, title: 'The request is not signed or signed in' },
  forbidden: { status: 403, title: 'This is not permitted' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This method is not allowed here' },
  'duplicate-review': {
    status: 409,
    title: 'This was reviewed by the same person before, in the same words',
  },
  'not-editable': { status: 409, title: 'This can no longer be changed' },
  'precondition-failed': { status: 412, title: 'It was changed meanwhile' },
  'body-too-large': { status: 413, title: 'The request body is too large' },
  'unsupported-media-type': { status: 415, title: 'The content type is not supported' },
  'unreadable-file': { status: 422, title: 'The file cannot be read as it was sent' },
  'idempotency-conflict': {
    status: 422,
    title: 'The idempotency key was used for another request',
  },
  'precondition-required': { status: 428, title: 'Say which state you want to change' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  'bad-gateway': { status: 502, title: 'The origin gave no usable answer' },
  unavailable: { status: 503, title: 'The service cannot answer right now' },
  'gateway-timeout': { status: 504, title: 'The origin did not answer in time' },
} as const;

/** The names of the problems a client can meet. */
export type ProblemName = keyof typeof PROBLEM_TYPES;

/** One wrong field of a request body. */
export interface FieldError {
  field: string;
  message: string;
}

/** RFC 9457 §3.1, with our two extension members. */
export interface Problem {
  /** `urn:plaudit:problem:NAME`: stable, meant for programs. */
  type: string;
  title: string;
  status: number;
  /** For people: what was wrong this time. */
  detail?: string;
  /** The query parameter at fault. */
  parameter?: string;
  /** The fields at fault. */
  errors?: FieldError[];
}

/** The media type of every error answer. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** Builds the body of an error answer. */
export function toProblem(
  name: ProblemName,
  more: Pick<Problem, 'detail' | 'parameter' | 'errors'> = {},
): Problem {
  const { status, title } = PROBLEM_TYPES[name];
  return { type: `urn:plaudit:problem:${name}`, title, status, ...more };
}
