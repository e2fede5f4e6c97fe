import { CliError } from './cli-error.ts';

/**
 * One of the values that an option takes; undefined when it was not given.
 * @throws CliError naming the choices
 */
export function choose<T extends string>(
  option: string,
  choices: readonly T[],
  value: string | undefined,
): T | undefined {
  const choice = choices.find((candidate) => candidate === value);
  if (value !== undefined && choice === undefined) {
    throw new CliError(`${option} ${value}: choose one of ${choices.join(', ')}.`);
  }
  return choice;
}
