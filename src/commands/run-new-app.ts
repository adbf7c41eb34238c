import { Asker } from '../../generators/asker.ts';
import type { AppContext, AskedApp } from '../../generators/app.ts';
import type { Generated } from '../../generators/generator.ts';
import { type Ends, runGenerator } from '../../generators/index.ts';
import { changesJson, type ChangeSet } from '../domain/change-set.ts';
import { APP_TEMPLATES } from '../domain/new-app/app-files.ts';
import { EXIT, UserError } from '../errors.ts';
import type { Input } from '../flags.ts';
import { findHelm } from '../io/helm.ts';
import type { Prompts } from '../io/prompts.ts';
import { readTemplates } from '../io/templates.ts';
import { applyChanges } from '../io/transaction.ts';
import type { Session } from '../session.ts';
import { openCharts } from '../use-cases/charts.ts';
import { readRepository } from '../use-cases/read-repository.ts';
import { repositoriesInUse } from '../use-cases/repositories-in-use.ts';
import { openDemo } from './demo.ts';
import { openNetworkFor } from './open-network.ts';
import { describeNotice, openRepository } from './open-repository.ts';
import { renderPreview, renderTree } from './preview.ts';
import { appFlags, repeatCommand } from './repeat-command.ts';

/** new-app: ask, plan, show, write. */
export async function runNewApp(session: Session, input: Input): Promise<number> {
  const demo = input.switches.has('demo') ? await openDemo(session, input.values['demo']) : undefined;
  try {
    const ends = appEnds({ session: demo?.session ?? session, input, demo });
    await runGenerator('app', { language: session.language, app: ends });
    return EXIT.done;
  } finally {
    await demo?.close();
  }
}

export type AppRun = {
  session: Session;
  input: Input;
  demo: Awaited<ReturnType<typeof openDemo>> | undefined;
};

/** Opens the repository before the questions, shows and writes the plan after them. */
export function appEnds(run: AppRun): Ends<AppContext, AskedApp> {
  return { open: () => openApp(run), finish: (context, generated) => finish(run, context, generated) };
}

/** Reads the repository and makes ready what the questions look things up with. */
async function openApp({ session, input, demo }: AppRun): Promise<AppContext> {
  const files = await openRepository(session);
  const gitops = await readRepository(files);
  for (const problem of gitops.repository.problems) session.terminal.say(`left out: ${problem.message}`);
  const warn = (message: string): void =>
    session.terminal.say(session.terminal.style(`note: ${message}`, 'yellow'));
  const network = await openNetworkFor(session, gitops, demo?.connectTo);
  const charts = openCharts({
    network,
    repositories: repositoriesInUse(gitops, network.credentials.repositories),
    artifactHub: gitops.configuration.artifactHub ?? !demo,
    minimumAgeDays: gitops.conventions.minimumAge.value,
    today: new Date(),
    cwd: session.cwd,
    warn,
  });
  const given = appFlags(input);
  const prompts = session.terminal.interactive ? await openPrompts(session) : undefined;
  return {
    ask: new Asker({
      given: Object.fromEntries(given.map(({ name, value }) => [name, value])),
      prompts,
      yes: session.yes,
      language: session.language,
    }),
    gitops,
    charts,
    network,
    helm: await findHelm({ env: session.env, signal: session.signal }),
    cwd: session.cwd,
    given,
    note: warn,
    t: session.t,
    files,
    templates: await readTemplates(files, 'app', APP_TEMPLATES),
    prompts,
  };
}

/** The prompt library is loaded only where somebody can answer. */
async function openPrompts(session: Session): Promise<Prompts> {
  const module = await import('../io/prompts.ts');
  return module.openPrompts({
    output: process.stderr,
    signal: session.signal,
    words: {
      move: session.t({ en: 'move', 'zh-CN': '移动' }),
      choose: session.t({ en: 'choose', 'zh-CN': '选择' }),
    },
  });
}

async function finish(
  run: AppRun,
  context: AppContext,
  { answers, changes }: Generated<AskedApp>,
): Promise<string> {
  const { session, input } = run;
  await context.network.http.close();
  for (const note of answers.notes) context.note(note);
  requireNew(changes, answers, { session, force: input.switches.has('force') });
  if (context.prompts) await confirm(session, context.prompts, changes);
  if (!session.dryRun)
    await applyChanges(changes, {
      root: context.files.root,
      now: new Date(),
      signal: session.signal,
      force: input.switches.has('force'),
      notify: notice => session.terminal.say(describeNotice(notice)),
    });
  show(run, context, answers, changes);
  return `${changes.changes.length} changes`;
}

/** --yes never implies overwriting. */
function requireNew(
  changes: ChangeSet,
  { request }: AskedApp,
  { session, force }: { session: Session; force: boolean },
): void {
  const existing = changes.changes.filter(({ action }) => action !== 'create');
  if (existing.length === 0 || force) return;
  session.terminal.say(renderPreview({ changes: existing }, session.terminal.style));
  throw new UserError(
    'E_APP_EXISTS',
    `${request.environment}/${request.name} is there already, and ${existing.length} files would change`,
    {
      hint: 'Choose another name, or overwrite them with --force.',
      subject: `${request.environment}/${request.name}`,
    },
  );
}

async function confirm(session: Session, prompts: Prompts, changes: ChangeSet): Promise<void> {
  session.terminal.say(renderPreview(changes, session.terminal.style));
  if (session.yes || session.dryRun) return;
  const message = session.t({ en: 'Write these files?', 'zh-CN': '写入这些文件？' });
  if (!(await prompts.confirm({ message, default: true }))) throw new UserError('E_CANCELLED', 'cancelled');
}

/** Ends with what was made, the next step, and the line that repeats the run. */
function show(
  { session, input, demo }: AppRun,
  context: AppContext,
  answers: AskedApp,
  changes: ChangeSet,
): void {
  const { request } = answers;
  const folder = `${request.environment}/${request.name}`;
  const again = repeatCommand(session, input, context, answers);
  const next = nextSteps(session, answers, folder);
  if (session.json) {
    const decisions = [...context.ask.decisions, ...chartDecisions(answers)];
    session.terminal.result(
      JSON.stringify({
        schemaVersion: 1,
        app: request.name,
        environment: request.environment,
        root: context.files.root,
        dryRun: session.dryRun,
        changes: changesJson(changes),
        decisions,
        notes: answers.notes,
        next,
        command: again,
      }),
    );
    return;
  }
  const { style } = session.terminal;
  const done = session.dryRun
    ? session.t({ en: 'would make', 'zh-CN': '将生成' })
    : session.t({ en: 'made', 'zh-CN': '已生成' });
  const where = demo ? `${folder} (${context.files.root})` : folder;
  session.terminal.result(
    [
      ...(context.prompts ? [] : renderTree(changes, style)),
      ...decisionLines(session, answers, context),
      style(`${done} ${where}`, 'green'),
      `${session.t({ en: 'next', 'zh-CN': '下一步' })}:`,
      ...next.map(line => `  ${line}`),
      `${session.t({ en: 'the same again', 'zh-CN': '重复此操作' })}:`,
      `  ${again}`,
    ].join('\n'),
  );
}

function chartDecisions({ draft }: AskedApp) {
  return draft.kind === 'charts' ? draft.charts.flatMap(({ ask }) => ask.decisions) : [];
}

/** What slipway answered itself, each with its evidence. */
function decisionLines(session: Session, answers: AskedApp, context: AppContext): string[] {
  const own = [...chartDecisions(answers), ...context.ask.decisions].filter(
    ({ why, value }) => why !== 'given' && why !== 'answered' && value !== '',
  );
  return own.map(({ flag, value, why }) => session.terminal.style(`  ${flag}: ${value} (${why})`, 'dim'));
}

function nextSteps(session: Session, { request }: AskedApp, folder: string): string[] {
  const seal = request.secrets.map(({ name }) =>
    session.t({
      en: `seal ${folder}/…/${name}-sealedsecret.yaml with kubeseal and list it under resources`,
      'zh-CN': `用 kubeseal 加密 ${folder}/…/${name}-sealedsecret.yaml 并加入 resources`,
    }),
  );
  const build = `kustomize build --enable-helm --load-restrictor LoadRestrictionsNone ${folder}`;
  const locked = request.source.kind === 'image' ? '' : ' .slipway/lock';
  const commit = `git add ${folder}${locked} && git commit -m "feat(${request.name}): add ${request.name}"`;
  return [...seal, build, commit];
}
