import type { NodePlopAPI } from 'node-plop';
import packageJson from '../package.json' with { type: 'json' };
import { registerGenerators } from '../generators/index.ts';
import { initEnds } from './commands/run-init.ts';
import { addEnds } from './commands/run-add.ts';
import { appEnds } from './commands/run-new-app.ts';
import { chooseLanguage } from './domain/language.ts';
import { openTerminal } from './io/terminal.ts';
import { createRedactor } from './redaction.ts';
import type { Session } from './session.ts';

/**
 * What the plopfile registers: the same generators as the command line, asking in plop's terminal. The GitOps repository
 * is plop's destination: `npx plop app --dest <dir>`.
 */
export function registerWithPlop(plop: NodePlopAPI): void {
  const session = openSession(plop.getDestBasePath());
  const input = { positionals: [], values: {}, switches: new Set<string>(), given: [] };
  const run = { session, input };
  registerGenerators(plop, {
    language: session.language,
    app: appEnds(run),
    add: addEnds(run),
    repository: initEnds(run),
  });
}

function openSession(cwd: string): Session {
  const language = chooseLanguage(undefined, process.env);
  const { stdin, stdout, stderr, env } = process;
  return {
    version: packageJson.version,
    terminal: openTerminal({ stdin, stdout, stderr, env, color: true, mayAsk: env['CI'] === undefined }),
    language,
    env,
    signal: new AbortController().signal,
    cwd,
    deadline: new AbortController().signal,
  jobs: undefined,
  json: false,
    yes: false,
    dryRun: false,
    offline: false,
    verbose: false,
    secrets: createRedactor(),
    t: text => text[language],
  };
}
