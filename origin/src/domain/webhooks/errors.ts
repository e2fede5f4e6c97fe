/** There is no such endpoint in this shop. */
export class UnknownEndpointError extends Error {
  constructor(id: string) {
    super(`There is no webhook "${id}" in this shop.`);
  }
}

/** The endpoint cannot be what was asked for. */
export class InvalidEndpointError extends Error {}
