import { realpathSync } from 'node:fs';
import type { NodePlopAPI } from 'node-plop';
import packageJson from '../package.json' with { type: 'json' };
import { GENERATORS, type ListedGenerator } from '../generators/index.ts';
import { runCommandLine } from './cli.ts';
import { chooseLanguage } from './text/language.ts';
import { UserError } from './errors.ts';
import { findRepository } from './system/files/find-repository.ts';
import { teamQuestion } from '../generators/new/questions.ts';
import { bypassOf } from '../generators/plop-arguments.ts';
import { say } from './locales/say.ts';

/**
 * What the plopfile registers: every generator under the name of its command, and those of the repository around under their own. plop lists and chooses; what is chosen
 * runs as on the command line, with plop's bypass values as answers, in the GitOps repository around the current folder.
 */
export async function registerWithPlop(plop: NodePlopAPI): Promise<void> {
  const language = chooseLanguage(undefined, process.env);
  for (const generator of [...GENERATORS, ...(await teamGenerators(plop))])
    plop.setGenerator(generator.name.replace(/^new /, ''), {
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

/** Those of the GitOps repository that a run would be in; one that has the name of a command is run by `slipway new` only. */
async function teamGenerators(plop: NodePlopAPI): Promise<ListedGenerator[]> {
  const taken = new Set(GENERATORS.flatMap(({ name }) => name.split(' ')));
  const folder = await destination(plop).catch(() => undefined);
  const { describeGenerators, generatorFiles } = await import('./features/new/open-flags.ts');
  const files = folder === undefined ? undefined : await generatorFiles(folder);
  const found = files ? await describeGenerators(files) : [];
  return found
    .filter(({ name }) => !taken.has(name))
    .map(({ name, summary, generator }) => ({
      name: `new ${name}`,
      description: summary,
      questions: (generator?.questions ?? []).map(question => teamQuestion(question)),
    }));
}

/** @throws Error with the next step in its message: plop shows nothing else */
async function run(generator: ListedGenerator, plop: NodePlopAPI): Promise<number> {
  try {
    const team = /^new (.*)/.exec(generator.name)?.[1];
    const own = team === undefined ? generator : { ...generator, name: team };
    const bypassed = bypassOf(own, process.argv.slice(2));
    const words = team === undefined ? bypassed : ['new', ...bypassed];
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
