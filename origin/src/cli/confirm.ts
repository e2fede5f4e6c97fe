import { createInterface } from 'node:readline/promises';
import { CliError } from './cli-error.ts';

/**
 * Asks for what cannot be undone.
 * @param word what has to be typed
 * @throws CliError where there is nobody to ask
 */
export async function confirm(question: string, word: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new CliError('Nobody is there to confirm it: add --yes.');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(`${question} Type "${word}": `);
  lines.close();
  return answer.trim() === word;
}
