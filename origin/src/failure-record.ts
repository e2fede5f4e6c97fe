/**
 * What may be logged of an error. A database error carries the statement's parameters in its
 * message and the row in its detail: e-mail addresses, texts. Neither is ever written down.
 */

/** An error without anything that a visitor or a shop wrote. */
export interface FailureRecord {
  name: string;
  /** SQLSTATE or system error code (`23505`, `ECONNREFUSED`) of the error or of what caused it. */
  code?: string;
  /** Where it happened: the stack without its first lines, which are the message. */
  frames: string[];
}

const CODE = /^[A-Z0-9_]{2,40}$/;
/** What stands before the message: `TypeError: `, or `Error [ERR_X]: `. */
const HEADER_START = /^(?:\w+(?: \[\w+\])?: )?$/;
const CAUSES_MAX = 5;

/** Makes the record of an error; of what is thrown and is no error, only its type is known. */
export function toFailureRecord(error: unknown): FailureRecord {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  const code = codeOf(error);
  return { name: error.name, ...(code === undefined ? {} : { code }), frames: framesOf(error) };
}

function codeOf(error: Error): string | undefined {
  let current: unknown = error;
  for (let depth = 0; depth < CAUSES_MAX && current instanceof Error; depth++) {
    if ('code' in current && CODE.test(String(current.code))) return String(current.code);
    current = current.cause;
  }
  return undefined;
}

/** A message may have lines that look like frames, so it is cut off whole or nothing is shown. */
function framesOf({ stack = '', message }: Error): string[] {
  const start = stack.indexOf(message);
  if (start < 0 || !HEADER_START.test(stack.slice(0, start))) return [];
  return stack
    .slice(start + message.length)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '));
}
