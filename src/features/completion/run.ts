import type { CommandInput } from '../../cli/command.ts';
import { candidatesFor } from '../../cli/completions.ts';
import type { Session } from '../../cli/context.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { EXIT, UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { type GitopsRepository, readRepository } from '../../repository/read-repository.ts';
import { findRepository } from '../../system/files/find-repository.ts';
import { openRepositoryFiles } from '../../system/files/files.ts';
import { display } from '../../text/display.ts';
import { type KnownCharts, openKnownCharts } from './open-known-charts.ts';
import { SCRIPTS, SHELLS } from './scripts.ts';

/**
 * The script of a shell, or, for that script, the words that may stand at the cursor, each with what it is for behind a tab.
 * @throws UserError E_MISSING, E_VALUE for a shell that has none
 */
export async function runCompletion(session: Session, input: CommandInput<FlagTable>): Promise<number> {
  const [what, ...words] = input.positionals;
  if (what === 'words') return printWords(session, words);
  const shell = SHELLS.find(each => each === what);
  if (shell === undefined)
    throw new UserError(
      what === undefined ? 'E_MISSING' : 'E_VALUE',
      what === undefined ? say('completion.missing') : say('completion.unknown', { shell: display(what) }),
      { hint: say('completion.shells', { shells: SHELLS.join(', ') }) },
    );
  session.terminal.data(SCRIPTS[shell].trimEnd());
  return EXIT.done;
}

async function printWords(session: Session, words: readonly string[]): Promise<number> {
  let read: Promise<GitopsRepository | undefined> | undefined;
  const repository = (): Promise<GitopsRepository | undefined> => (read ??= readAround(session));
  const charts = async (): Promise<KnownCharts> => openKnownCharts(session, await repository());
  const found = await candidatesFor(words, {
    ...session.commands,
    cwd: session.cwd,
    apps: async () => namesOf(await repository()),
    environments: async () => [...((await repository())?.repository.environments ?? [])],
    charts: async () => (await charts()).names(),
    versions: async asked => (await charts()).versions(asked),
  });
  const lines = found.map(({ word, help }) => (help ? `${word}\t${session.t(help)}` : word));
  if (lines.length > 0) session.terminal.data(lines.join('\n'));
  return EXIT.done;
}

/** The repository around the current folder; nothing is asked, and nothing said, where it cannot be read. */
async function readAround(session: Session): Promise<GitopsRepository | undefined> {
  try {
    const found = await findRepository(session.cwd);
    return found && (await readRepository(openRepositoryFiles(found.root)));
  } catch {
    return undefined;
  }
}

/** Paths, and the bare names that only one app has. */
function namesOf(gitops: GitopsRepository | undefined): string[] {
  const apps = gitops?.repository.apps ?? [];
  const count = new Map<string, number>();
  for (const { name } of apps) count.set(name, (count.get(name) ?? 0) + 1);
  const bare = [...count].flatMap(([name, times]) => (times === 1 ? [name] : []));
  return [...bare, ...apps.map(({ path }) => path)].toSorted();
}
