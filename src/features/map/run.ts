import type { Session } from '../../cli/context.ts';
import { openContext, type CommandContext } from '../../cli/command-context.ts';
import { openPage } from '../../cli/open-page.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import type { RunEnd } from '../../cli/run-end.ts';
import { chartsRead } from '../../deliveries/charts-read.ts';
import { findUses } from '../../deliveries/find-uses.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { selectApps } from '../../repository/select-apps.ts';
import { readPublishedCommit, readRemoteUrl } from '../../system/git/git-remote.ts';
import { drawMap, mappedApps } from './draw-map.ts';
import type { MapInput } from './flags.ts';
import { fileLinks, type FileLinks } from './forge-links.ts';
import { partOf, type RepositoryMap } from './graph.ts';
import { mermaid } from './mermaid.ts';
import { openVersions } from './open-versions.ts';
import { mapJson, mapTree } from './view.ts';

/** Shows what runs where; resolves to the exit of the run. */
export async function runMap(given: Session, input: MapInput): Promise<number> {
  requireOneForm(given, input);
  const page = await openPage(given, input);
  // What newer versions there are is asked by `outdated`: a map draws what is known, and nobody waits for it.
  const context = await openContext({ ...given, offline: true }, input, 'read');
  try {
    const { session } = context;
    const map = await mapOf(context, input.positionals);
    const end = endOf(session, input);
    const links = await linksOf(context);
    await page?.write(
      async language => (await import('./page.ts')).renderMap(map, { language, links }),
      session,
    );
    if (session.json) session.terminal.data(mapJson(map, links, end));
    else if (input.switches.has('mermaid')) session.terminal.data(mermaid(map));
    else session.terminal.result(mapTree(map, session, page !== undefined));
    return 0;
  } finally {
    await context.close();
  }
}

/** @throws UserError E_USAGE */
function requireOneForm({ json }: Session, { switches }: MapInput): void {
  if (!json || !switches.has('mermaid')) return;
  throw new UserError('E_USAGE', say('map.jsonOrMermaid'), { hint: say('map.giveOneOfThem') });
}

async function mapOf(context: CommandContext, words: readonly string[]): Promise<RepositoryMap> {
  const { repository, conventions, gitops, charts, today } = context;
  const { apps } = mappedApps(repository);
  const chosen = selectApps({ apps: apps.map(({ node }) => node), problems: repository.problems }, words);
  const minAgeDays = conventions.minimumAge.value;
  const map = drawMap({
    repository,
    states: await openVersions({ charts, today, minAgeDays }, findUses(repository)),
    mirror: conventions.imagePrefix?.value.mirror,
    unread: (await chartsRead(gitops, [])).unread,
  });
  return words.length === 0 ? map : partOf(map, new Set(chosen.map(({ id }) => id)));
}

/** Where people read the files of this repository; a commit that nobody else has yet leads nowhere. */
async function linksOf({ files, session, repository }: CommandContext): Promise<FileLinks | undefined> {
  const { env, signal } = session;
  const remote = await readRemoteUrl(files.root, { env, signal });
  if (remote === undefined) return undefined;
  const commit = await readPublishedCommit(files.root, { env, signal });
  return fileLinks(remote, commit, file => repository.text.has(file));
}

function endOf(session: Session, input: MapInput): RunEnd {
  return { command: sameAgain(session, 'map', input), next: [] };
}
