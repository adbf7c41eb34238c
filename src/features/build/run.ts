import { availableParallelism } from 'node:os';
import { openContext, type CommandContext } from '../../cli/command-context.ts';
import type { Session } from '../../cli/context.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { jsonDocument } from '../../cli/run-end.ts';
import { showProgress } from '../../cli/show-progress.ts';
import { isRecord } from '../../data/fields.ts';
import { inParallel } from '../../data/in-parallel.ts';
import { EXIT, UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { resourceFetcher } from '../../render/fetch-resources.ts';
import { type DeliveredUnit, renderDelivered } from '../../render/render-delivered.ts';
import { bothBuilds, deliveredText, unitsNamed } from '../../render/render-units.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import { printYaml } from '../../yaml/print.ts';
import { inApplyOrder } from './apply-order.ts';
import type { BuildInput } from './flags.ts';

/** What an app comes to; `problems` is what of it was not rendered. */
type BuiltApp = { app: string; objects: Manifest[]; problems: readonly Text[] };

/** Prints the objects of apps as they are rendered; resolves to the exit of the run. */
export async function runBuild(given: Session, input: BuildInput): Promise<number> {
  const context = await openContext(given, input, 'read');
  try {
    const { session } = context;
    const units = unitsNamed(context.repository, input.positionals, input.values['env']);
    const built = [...unreadable(context, input), ...(await buildAll(context, units))];
    const masked = built.flatMap(({ objects }) => objects).filter(({ kind }) => kind === 'Secret').length;
    if (session.json) session.terminal.data(buildJson(built, sameAgain(session, 'build', input)));
    else session.terminal.content(yamlOf(built));
    tell(session, built, masked);
    return built.some(({ problems }) => problems.length > 0) ? EXIT.upstream : EXIT.done;
  } finally {
    await context.close();
  }
}

/** What could not be read is no app any more: it is named all the same, unless single apps are asked for. */
function unreadable({ repository }: CommandContext, { positionals, values }: BuildInput): BuiltApp[] {
  if (positionals.length > 0 || values['env'] !== undefined) return [];
  return repository.problems.map(({ subject, texts }) => ({
    app: subject ?? '',
    objects: [],
    problems: [texts.message],
  }));
}

function tell({ json, terminal, t }: Session, built: readonly BuiltApp[], masked: number): void {
  if (json) return;
  for (const { app, problems } of built)
    for (const problem of problems)
      terminal.say(terminal.style(t(say('text.aboutSubject', { subject: display(app), problem })), 'yellow'));
  if (masked > 0) terminal.say(t(say('build.masked', { count: masked })));
}

async function buildAll(context: CommandContext, units: readonly DeliveredUnit[]): Promise<BuiltApp[]> {
  const { session, renderers } = context;
  if (units.length > 0 && !(await renderers.versions()))
    throw new UserError('E_TOOL', say('render.kustomizeNotInstalled'), { hint: say('build.needsRenderer') });
  const jobs = session.jobs ?? availableParallelism();
  const fetch = resourceFetcher(async () => context);
  const around = deliveredText(context.repository);
  const shown = showProgress(session, say('build.rendering'));
  const done = new Map<DeliveredUnit, BuiltApp>();
  await inParallel([...units], jobs, async unit => {
    const state = await renderDelivered({ ...context, fetch, jobs, offline: session.offline }, unit, around);
    const about = { app: unit.path };
    if (state.status === 'built') {
      const { after, left } = bothBuilds(undefined, state);
      done.set(unit, { ...about, objects: inApplyOrder(after).map(withoutValues), problems: left });
    } else {
      const reason = state.status === 'left' ? state.reason : state.error.texts.message;
      done.set(unit, { ...about, objects: [], problems: [reason] });
    }
    shown.progress(done.size, units.length);
  }).finally(shown.end);
  return units.flatMap(unit => done.get(unit) ?? []);
}

/** `masked`, in base64 */
const MASKED = 'bWFza2Vk';

/** A Secret keeps its keys: what reads the objects stays content, and no value ends in a log. */
function withoutValues(manifest: Manifest): Manifest {
  if (manifest.kind !== 'Secret') return manifest;
  const body = { ...manifest.body };
  for (const [field, mask] of [
    ['data', MASKED],
    ['stringData', 'masked'],
  ] as const) {
    const values = body[field];
    if (isRecord(values)) body[field] = Object.fromEntries(Object.keys(values).map(key => [key, mask]));
  }
  return { ...manifest, body };
}

function yamlOf(built: readonly BuiltApp[]): string {
  const documents = built.flatMap(({ objects }) => objects.map(({ body }) => printYaml(body)));
  return documents.length === 0 ? '' : `${documents.join('\n---\n')}\n`;
}

function buildJson(built: readonly BuiltApp[], command: string): string {
  const apps = built.map(({ app, objects, problems }) => ({
    app,
    objects: objects.map(({ body }) => body),
    notRendered: problems.map(({ en }) => en),
  }));
  return jsonDocument(1, { apps }, { next: [], command });
}
