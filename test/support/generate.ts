import type { AppContext } from '../../generators/new-app/generator.ts';
import type { Generated, Generator } from '../../generators/generator.ts';
import { openApp } from '../../generators/new-app/open-app.ts';
import { openTerminal } from '../../src/output/terminal.ts';
import { createRedactor } from '../../src/text/redaction.ts';
import type { Session } from '../../src/cli/context.ts';
import { makeFolder } from './repository.ts';

/** A run where nobody is asked and nothing is fetched. */
function session(cwd: string, yes: boolean): Session {
  const { stdin, stdout, stderr } = process;
  const env = { HOME: makeFolder(), SLIPWAY_HELM: '/nonexistent/helm' };
  return {
    version: '0.0.0',
    terminal: openTerminal({ stdin, stdout, stderr, env, color: false, mayAsk: false }),
    run: { id: '20260101-000000-0000', line: 'slipway' },
    language: 'en',
    env,
    signal: new AbortController().signal,
    cwd,
    json: true,
    yes,
    dryRun: true,
    offline: true,
    jobs: undefined,
    deadline: new AbortController().signal,
    verbose: false,
    commands: { commands: [], load: () => Promise.reject(new Error('no commands here')) },
    secrets: createRedactor(),
    switchLanguage: () => undefined,
    t: text => text.en,
  };
}

/** Asks and plans with these answers, in their order, as the command does before it writes. */
export async function generate<Answers>(
  generator: Generator<AppContext, Answers>,
  root: string,
  answers: Record<string, string>,
  { yes = true } = {},
): Promise<Generated<Answers> & { context: AppContext }> {
  const given = Object.entries(answers).map(([name, value]) => ({ name, value }));
  const input = { positionals: [], values: {}, switches: new Set<string>(), given };
  const { context, lookups } = await openApp(
    { session: session(root, yes), input },
    { generator: generator.name, flags: given },
  );
  try {
    const asked = await generator.ask(context);
    return { answers: asked, changes: await generator.plan(context, asked), context };
  } finally {
    await lookups.close();
  }
}
