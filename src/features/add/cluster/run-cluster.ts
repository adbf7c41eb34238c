import { readFile } from 'node:fs/promises';
import {
  type AskedCluster,
  CLUSTER_QUESTIONS,
  clusterGenerator,
} from '../../../../generators/add/cluster.ts';
import { converse } from '../../../../generators/converse.ts';
import { openApp } from '../../../../generators/new-app/open-app.ts';
import { changesJson, pathsForGit, textsAfter } from '../../../change-set.ts';
import { commandLine, flagWords, slipwayLine } from '../../../cli/command-line.ts';
import type { AppRun } from '../../../cli/context.ts';
import type { GivenFlag } from '../../../cli/flags.ts';
import { commitStep, goThere, type NextStep, sealStep, withoutSwitch } from '../../../cli/next-steps.ts';
import { repeatedGlobals } from '../../../cli/repeat-line.ts';
import { answerLines, closingLines, jsonDocument, type RunEnd } from '../../../cli/run-end.ts';
import { writeChanges } from '../../../cli/write-changes.ts';
import { ownWords } from '../../../cli/open-programs.ts';
import { EXIT } from '../../../errors.ts';
import { say } from '../../../locales/say.ts';
import type { Line } from '../../../output/lay-out.ts';
import { renderTree } from '../../../output/preview.ts';
import { ignoredIn } from '../../../repository/gitignore.ts';
import { CLUSTER_TEMPLATES } from '../../../scaffold/cluster-files.ts';
import { packagePath, readTemplates } from '../../../system/files/templates.ts';
import { type ClusterContext, SHARED_TEMPLATES } from './cluster-writing.ts';

/** add cluster: ask, plan, show, write. */
export async function runAddCluster(run: AppRun, flags: readonly GivenFlag[]): Promise<number> {
  const { context: app, lookups } = await openApp(run, { generator: clusterGenerator.name, flags });
  const { session, files } = lookups;
  const context: ClusterContext = {
    ...app,
    clusterTemplates: await readTemplates(files, 'cluster', CLUSTER_TEMPLATES),
    shared: await readTemplates(files, 'init', SHARED_TEMPLATES),
    schema: await readFile(packagePath('schemas/cluster.schema.json'), 'utf8'),
  };
  try {
    await converse({
      ask: context.ask,
      session,
      answer: () => clusterGenerator.ask(context),
      carryOut: async asked => {
        // A list that gets an entry is somebody's work too.
        await writeChanges(session, asked.plan.changes, {
          root: files.root,
          uncommitted: 'save',
          back: true,
        });
        showCluster({ session, input: run.input }, context, asked);
      },
    });
    return EXIT.done;
  } finally {
    await lookups.close();
  }
}

function showCluster(run: AppRun, context: ClusterContext, asked: AskedCluster): void {
  const { terminal, json, dryRun } = run.session;
  const { plan, request } = asked;
  const end: RunEnd = {
    answers: context.ask.answers,
    notes: plan.notes,
    next: nextSteps(run, context, asked),
    command: repeat(run, context, asked),
  };
  if (!json) return terminal.result(linesOf(run, asked, end));
  const body = {
    added: 'cluster',
    app: request.name,
    environment: 'clusters',
    root: context.files.root,
    dryRun,
    changes: changesJson(plan.changes),
    builds: [],
  };
  terminal.data(jsonDocument(2, body, end));
}

function linesOf({ session }: AppRun, { plan, request: { name } }: AskedCluster, end: RunEnd): Line[] {
  const { terminal, t, dryRun } = session;
  const { changes } = plan;
  if (changes.changes.length === 0) return [t(say('add.clusterThere', { name }))];
  return [
    ...(terminal.interactive ? [] : [...renderTree(changes, terminal), '']),
    ...answerLines(session, end),
    ...plan.notes.map(each => t(each)),
    terminal.style(
      t(dryRun ? say('add.clusterWouldAdd', { name }) : say('add.clusterAdded', { name })),
      'green',
    ),
    ...closingLines(session, end),
  ];
}

function nextSteps(run: AppRun, context: ClusterContext, asked: AskedCluster): NextStep[] {
  const { session, input } = run;
  const { files, gitops } = context;
  const { changes, stubs, steps } = asked.plan;
  if (changes.changes.length === 0) return [];
  if (session.dryRun)
    return [{ line: repeat({ session, input: withoutSwitch(input, 'dry-run') }, context, asked) }];
  const paths = pathsForGit(changes, ignoredIn(textsAfter(gitops.repository.text, changes)));
  const own = ownWords(session.env);
  const line = ([program = '', ...words]: readonly string[]): NextStep => ({
    line: commandLine(program === 'slipway' ? [...own, ...words] : [program, ...words]),
  });
  return [
    ...goThere(session, input, files.root),
    ...stubs.map(path => sealStep(session, gitops.configuration, path)),
    ...commitStep(files, paths, `feat(clusters): add ${asked.request.name}`),
    ...steps.flatMap(({ text, lines }): NextStep[] => [{ text }, ...lines.map(line)]),
  ];
}

function repeat(run: AppRun, { given }: ClusterContext, { request }: AskedCluster): string {
  const asked = new Set<string>(Object.values(CLUSTER_QUESTIONS).map(({ flag }) => flag));
  const { controlledBy, labels, group, server, tenants } = request;
  const flags = [
    { name: 'controlled-by', value: controlledBy },
    ...labels.map(({ key, value }) => ({ name: 'label', value: `${key}=${value}` })),
    ...(group === undefined ? [] : [{ name: 'group', value: group }]),
    ...(server === undefined ? [] : [{ name: 'server', value: server }]),
    ...(tenants === undefined ? [] : [{ name: 'tenants', value: tenants }]),
    ...given.filter(({ name }) => !asked.has(name) && !['helm-command', 'kustomize-command'].includes(name)),
  ];
  return slipwayLine(run.session, [
    'add',
    'cluster',
    request.name,
    ...flags.flatMap(flagWords),
    ...repeatedGlobals(run.input),
  ]);
}
