import { execFileSync } from 'node:child_process';
import { prepareTools } from './tools.js';

/** Builds the binary that the command tests start, and makes the real tools ready. */
export async function setup(): Promise<void> {
  execFileSync(process.execPath, ['build.js'], { stdio: 'inherit' });
  const absent = await prepareTools(line => process.stderr.write(`${line}\n`));
  if (absent.length > 0)
    process.stderr.write(
      `skipping the tests that need ${absent.join(', ')}: not on PATH, and no Go to install them\n`,
    );
}
