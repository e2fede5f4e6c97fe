/** Runs the real command line in a process of its own. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What `npx plaudit` runs: it starts the command line on a Node that is new enough. */
export const BIN = fileURLToPath(new URL('../bin/plaudit.mjs', import.meta.url));
/** The arguments to Node that run the command line as the very process a signal reaches. */
export const COMMAND = [
  '--conditions=@plaudit/source',
  '--disable-warning=ExperimentalWarning',
  fileURLToPath(new URL('../src/cli/main.ts', import.meta.url)),
];

/** How a command ended. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs `plaudit ARGS` to its end. The environment holds only what is given, and PATH. */
export function plaudit(
  args: string[],
  {
    env = {},
    cwd,
    program = COMMAND,
  }: { env?: Record<string, string>; cwd?: string; program?: string[] } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...program, ...args],
      { env: bare(env), cwd },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      },
    );
  });
}

/** An origin that serves. */
export interface Serving {
  url: string;
  /** What it said when it began to listen. */
  said: Record<string, unknown>;
  child: ChildProcess;
  /** Sends a signal and waits for the end; gives the exit code, or null when the signal ended it. */
  end: (signal: NodeJS.Signals) => Promise<number | null>;
}

/**
 * Starts `plaudit serve` on a free port, as the very process that a signal reaches.
 * @throws with what it said when it ends instead
 */
export async function startServing(env: Record<string, string>): Promise<Serving> {
  const child = spawn(process.execPath, [...COMMAND, 'serve'], {
    env: bare({ ORIGIN_PORT: '0', ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk) => (complaint += chunk));
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { msg: string; url?: string };
    const { msg, url } = said;
    if (msg !== 'listening' || url === undefined) continue;
    const end = async (signal: NodeJS.Signals) => {
      const ended = once(child, 'exit');
      child.kill(signal);
      const [code] = (await ended) as [number | null];
      return code;
    };
    return { url, said, child, end };
  }
  throw new Error(`It never listened: ${complaint}`);
}

const bare = (env: Record<string, string>): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  ...env,
});
