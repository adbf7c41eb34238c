import packageJson from '../package.json' with { type: 'json' };

/** Runs one command line and resolves to the process's exit code. */
export async function main(argv: string[]): Promise<number> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    process.stdout.write(`${packageJson.version}\n`);
    return 0;
  }
  const { runCommandLine } = await import('./cli.ts');
  return runCommandLine(argv, packageJson.version);
}
