/** The command was called wrongly; the message says how to call it. Ends with status 2. */
export class CliError extends Error {}
