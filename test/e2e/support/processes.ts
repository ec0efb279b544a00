import { spawn } from 'node:child_process';

/** What a program that ended has said. */
export interface Outcome {
  readonly status: number | null;
  /** Standard output and standard error, in the order they came. */
  readonly output: string;
  readonly stdout: string;
}

/** Runs a program to its end; never through a shell. */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...options,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output, stdout }));
  });
}

/** As {@link run}, for a program that has to succeed. */
export async function mustRun(...call: Parameters<typeof run>): Promise<Outcome> {
  const outcome = await run(...call);
  if (outcome.status === 0) return outcome;
  throw new Error(`${call[0]} ${call[1].join(' ')} ended with ${outcome.status}:\n${lastLines(outcome.output, 80)}`);
}

/** The end of what a program has said, without empty lines. */
export function lastLines(output: string, count: number): string {
  return output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .join('\n');
}
