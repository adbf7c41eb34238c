import path from 'node:path';
import { type CommandContext, openContext } from '../../cli/command-context.ts';
import { confirm } from '../../cli/confirm.ts';
import type { Session } from '../../cli/context.ts';
import { openPrompts } from '../../cli/open-prompts.ts';
import { describeNotice } from '../../cli/open-repository.ts';
import { markFor } from '../../cli/run-mark.ts';
import { ownAddress, ownRepositories } from '../../repository/own-repositories.ts';
import type { ChartUse } from '../../deliveries/chart-use.ts';
import { findUses, usesIn } from '../../deliveries/find-uses.ts';
import { readDeliveries } from '../../deliveries/read-deliveries.ts';
import { selectUsing } from '../../deliveries/select-using.ts';
import { EXIT, UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { lockPath } from '../../repository/lock-entry.ts';
import { isKustomization } from '../../repository/kustomization.ts';
import type { Repository } from '../../repository/model.ts';
import { APP_TEMPLATES } from '../../scaffold/app-files.ts';
import { DELIVERY_TEMPLATES } from '../../scaffold/delivered/own-unit.ts';
import { removeEmptyAround } from '../../system/files/empty-folders.ts';
import { readInputFile } from '../../system/files/input-file.ts';
import { readTemplates } from '../../system/files/templates.ts';
import { readRemoteUrl } from '../../system/git/git-remote.ts';
import { applyChanges } from '../../system/transaction/transaction.ts';
import { display } from '../../text/display.ts';
import { requireYaml } from '../../yaml/read.ts';
import { dangersOf } from './dangers.ts';
import { acceptedIn, type ConversionDecision, decisionsOf } from './decisions.ts';
import type { ConvertInput } from './flags.ts';
import { type DraftFiles, type ReadApp, type ReadContext, type ConvertTarget, TARGETS } from './model.ts';
import { cannotConvert, type ConvertContext } from './plan-conversion.ts';
import { readArgoApp } from './read-argo.ts';
import { readFluxApp } from './read-flux.ts';
import { readKustomizeApp } from './read-kustomize.ts';
import { type EmitRequest, placeRefusals } from './write-app.ts';
import { type Converted, renderConverting, showConverted } from './view.ts';

/** Hands an app to another delivery where the same runs afterwards; resolves to the exit of the run. */
export async function runConvert(given: Session, input: ConvertInput): Promise<number> {
  const target = requireTarget(input);
  const context = await openContext(given, input, 'write');
  try {
    const accepted = await readAccepted(context.session, input);
    const { app, converting } = await read(context, input, target);
    const { hooksOf, runAttempts } = await import('./run-attempts.ts');
    const { conversion, verdict } = await runAttempts(context, converting, { app, target });
    const hooks = verdict.status === 'same' ? await hooksOf(context, app) : [];
    const dangers = dangersOf({ before: context.repository, ...conversion, app, target });
    const asked = decisionsOf(app, { target, dangers, hooks, accepted });
    const isSame = verdict.status !== 'differs';
    const decisions = isSame ? await decide(context.session, asked) : asked;
    const isOpen = !isSame || decisions.some(decision => !decision.accepted);
    const converted = { app, target, conversion, verdict, dangers, decisions, root: context.files.root };
    if (!isOpen) await write(context, converted);
    showConverted(context, input, { ...converted, written: !isOpen && !context.session.dryRun });
    return isOpen ? EXIT.decisions : EXIT.done;
  } finally {
    await context.close();
  }
}

/** @throws UserError E_MISSING, E_VALUE */
function requireTarget({ values, positionals }: ConvertInput): ConvertTarget {
  const missing = [
    ...(positionals[0] === undefined ? [{ flag: '<app>' }] : []),
    ...(values.to === undefined ? [{ flag: 'to', choices: TARGETS }] : []),
  ];
  if (missing.length > 0)
    throw new UserError(
      'E_MISSING',
      positionals[0] === undefined ? say('convert.missing') : say('convert.missingTarget'),
      { hint: say('convert.nameBoth'), missing },
    );
  const target = TARGETS.find(each => each === values.to);
  if (target) return target;
  throw new UserError('E_VALUE', say('convert.noTarget', { to: display(values.to ?? '') }), {
    hint: say('convert.nameBoth'),
    flag: 'to',
  });
}

const MAX_ANSWERS_BYTES = 1 << 20;

async function readAccepted({ cwd }: Session, { given, values }: ConvertInput): Promise<string[]> {
  const words = given.flatMap(({ name, value }) => (name === 'accept' ? [value] : []));
  const file = values.decisions;
  if (file === undefined) return acceptedIn(words, undefined);
  const bytes = await readInputFile({
    path: path.resolve(cwd, file),
    name: file,
    maxBytes: MAX_ANSWERS_BYTES,
  });
  return acceptedIn(words, { text: bytes.toString('utf8'), file });
}

type Read = { app: ReadApp; converting: ConvertContext };

/** @throws UserError E_VALUE for a word that names no app with one chart, E_CONVERT for what cannot be said elsewhere */
async function read(context: CommandContext, input: ConvertInput, target: ConvertTarget): Promise<Read> {
  const { repository, conventions, files, session, gitops } = context;
  const word = input.positionals[0] ?? '';
  const use = chooseUse(repository, word.replace(/^\.\//, '').replace(/(?<!\/)\/+$/, ''));
  if (use.delivery === target)
    throw new UserError('E_VALUE', say('convert.already', { app: display(word), target }), { subject: word });
  const ownUrl = await addressOf(context);
  const app = readAs({ repository, ownUrl }, use, target);
  const templates = await readTemplates(files, 'delivery', DELIVERY_TEMPLATES);
  const { emitBeside } = await import('../../scaffold/delivered/land-app.ts');
  const writing = {
    repository,
    conventions,
    ownUrl,
    template: (await readTemplates(files, 'app', APP_TEMPLATES))['kustomization.yaml'],
    emitBeside: (request: EmitRequest) => emitBeside({ repository, templates }, request),
  };
  const refusals = [...app.refusals, ...placeRefusals(writing, app, target)];
  if (refusals.length > 0) throw cannotConvert(app, target, refusals);
  const before = await readDraft(context, app);
  return {
    app,
    converting: { ...writing, before, environments: gitops.configuration.environments, t: session.t },
  };
}

/**
 * The chart that a word names by its app, its folder or its release: an Application bears the name of the folder that holds its
 * other files.
 * @throws UserError E_VALUE for a word that names none, or several
 */
function chooseUse(repository: Repository, word: string): ChartUse {
  const uses = findUses(repository);
  const namesOf = ({ app, at }: ChartUse): string[] => {
    const folder = path.posix.dirname(at.file);
    const own = [app.name, app.path, app.path.replace(/\.ya?ml$/, '')];
    return isKustomization(at.file) ? [...own, folder, path.posix.basename(folder)] : own;
  };
  const named = uses.filter(use => namesOf(use).includes(word));
  const [app] = new Set(named.map(({ at }) => at.file)).size === 1 ? [] : selectUsing(repository, [word]);
  const own = app ? usesIn(uses, [app]) : named;
  // Of several releases in one place the one that the word names.
  const use = own.find(({ release }) => release.name === word) ?? own[0];
  if (use) return use;
  requireReadable(repository, word);
  throw new UserError('E_VALUE', say('convert.noChart', { app: display(word) }), { subject: word });
}

/** A file that cannot be read may hold the chart. @throws UserError E_YAML_* */
function requireReadable({ text, isTemplate }: Repository, word: string): void {
  for (const [file, content] of text)
    if ((file === word || path.posix.dirname(file) === word) && /\.ya?ml$/.test(file) && !isTemplate(file))
      requireYaml(content, file);
}

function readAs(context: ReadContext, use: ChartUse, target: ConvertTarget): ReadApp {
  if (use.delivery === 'flux') return readFluxApp(context, use, target);
  if (use.delivery === 'argo') return readArgoApp(context, use);
  if (use.delivery === 'kustomize') return readKustomizeApp(context, use);
  throw new UserError(
    'E_CONVERT',
    say('convert.noSource', { app: display(use.app.path), delivery: use.delivery }),
    {
      hint: say('convert.asHelmCharts'),
      subject: use.app.path,
    },
  );
}

/** As Applications name this repository by now, else as git does. */
async function addressOf({ repository, files, session }: CommandContext): Promise<string | undefined> {
  const { objects } = readDeliveries(repository);
  const own = ownRepositories(objects, repository.text);
  return (
    ownAddress(own, objects) ??
    (files.isInGit
      ? await readRemoteUrl(files.root, { env: session.env, signal: session.signal })
      : undefined)
  );
}

/** Every text of the repository, and what else the app's folder and its lock hold. */
async function readDraft(
  { repository, files }: CommandContext,
  { app, folder }: ReadApp,
): Promise<DraftFiles> {
  const lock = lockPath(app.path);
  const walked = await files.walk(folder, each => each !== `${folder}/charts`);
  const inside = walked.flatMap(({ path: file, kind }) => (kind === 'file' ? [file] : []));
  const wanted = [...inside, lock].filter(file => !repository.text.has(file));
  return new Map<string, string | Buffer>([...repository.text, ...(await files.readMany(wanted))]);
}

/** Asks a person what nobody has accepted. */
async function decide(
  session: Session,
  decisions: readonly ConversionDecision[],
): Promise<ConversionDecision[]> {
  const result: ConversionDecision[] = [];
  if (!session.terminal.interactive || session.dryRun) return [...decisions];
  for (const decision of decisions) {
    if (decision.accepted) result.push(decision);
    else {
      const prompts = await openPrompts(session);
      const lines = [decision.why, ...(decision.remedy ? [decision.remedy] : [])].map(text =>
        session.t(text),
      );
      session.terminal.say(`\n${lines.join('\n  ')}`);
      const accepted = await prompts.confirm({ message: session.t(say('convert.takeIt')), default: false });
      result.push({ ...decision, accepted });
    }
  }
  return result;
}

async function write({ session, files: { root } }: CommandContext, converted: Converted): Promise<void> {
  if (session.terminal.interactive) session.terminal.say(renderConverting(session, converted));
  if (session.dryRun) return;
  const { conversion, dangers, target } = converted;
  await confirm(session, {
    question: say('convert.question'),
    preset: false,
    needsYes: say('convert.toConvert', { target }),
  });
  const { changes } = conversion;
  await applyChanges(changes, {
    root,
    now: new Date(),
    run: { ...markFor(session), lasting: dangers.map(({ fact }) => fact) },
    signal: session.signal,
    uncommitted: 'save',
    notify: notice => session.terminal.say(session.t(describeNotice(notice))),
  });
  const gone = changes.changes.filter(({ action }) => action === 'delete');
  await removeEmptyAround(
    root,
    gone.map(({ path: file }) => path.posix.dirname(file)),
  );
}
