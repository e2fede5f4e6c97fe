/** A call of version 3 that is refused, with what is wrong in words for its client. */
export class RefusedCall extends Error {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413;
  readonly messages: readonly string[];

  constructor(status: RefusedCall['status'], messages: readonly string[]) {
    super(messages.join('; '));
    this.status = status;
    this.messages = messages;
  }
}
