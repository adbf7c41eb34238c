import { realpathSync } from 'node:fs';
import type { NodePlopAPI } from 'node-plop';
import packageJson from '../package.json' with { type: 'json' };
import { GENERATORS, type ListedGenerator } from '../generators/index.ts';
import { runCommandLine } from './cli.ts';
import { chooseLanguage } from './text/language.ts';
import { UserError } from './errors.ts';
import { findRepository } from './system/files/find-repository.ts';
import { bypassOf } from '../generators/plop-arguments.ts';
import { say } from './locales/say.ts';

/**
 * What the plopfile registers: every generator under the name of its command. plop lists and chooses; what is chosen
 * runs as on the command line, with plop's bypass values as answers, in the GitOps repository around the current folder.
 */
export function registerWithPlop(plop: NodePlopAPI): void {
  const language = chooseLanguage(undefined, process.env);
  for (const generator of GENERATORS)
    plop.setGenerator(generator.name, {
      description: generator.description[language],
      // A function: what is asked depends on what earlier answers make slipway look up.
      prompts: async () => {
        process.exitCode = await run(generator, plop);
        return {};
      },
      // plop's own would leave half of the files after a failure; the change set is written by then.
      actions: [],
    });
}

/** @throws Error with the next step in its message: plop shows nothing else */
async function run(generator: ListedGenerator, plop: NodePlopAPI): Promise<number> {
  try {
    const words = bypassOf(generator, process.argv.slice(2));
    return await runCommandLine([...words, '-C', await destination(plop)], packageJson.version);
  } catch (error) {
    throw error instanceof UserError ? new Error(`${error.message}. Next: ${error.hint}`) : error;
  }
}

/**
 * --dest, else the folder that plop was started in: plop itself changes to that of its plopfile.
 * @throws UserError E_NO_REPOSITORY in slipway's own clone
 */
async function destination(plop: NodePlopAPI): Promise<string> {
  const { INIT_CWD, PWD } = process.env;
  const clone = plop.getPlopfilePath();
  const named = plop.getDestBasePath();
  const folder = named === clone ? (INIT_CWD ?? PWD ?? process.cwd()) : named;
  const found = await findRepository(folder);
  if (found?.root === realpathSync(clone))
    throw new UserError('E_NO_REPOSITORY', say('cli.slipwaysOwnCloneWhichNo', { folder }), {
      hint: say('cli.nameOneNpxPlopDest'),
    });
  return folder;
}
