import { openContext } from '../../cli/command-context.ts';
import type { Session } from '../../cli/context.ts';
import { readBudget } from '../../cli/read-budget.ts';
import { requireAppWords } from '../../cli/require-app-words.ts';
import { showProgress } from '../../cli/show-progress.ts';
import { type ProvedPlan, showSteady, writeSteady } from '../../cli/write-steady.ts';
import { findUses } from '../../deliveries/find-uses.ts';
import { selectUsing } from '../../deliveries/select-using.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { wrap } from '../../output/wrap.ts';
import { evidenceJson, evidenceTexts } from '../../render/effects/describe-proof.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import type { MinimizeInput } from './flags.ts';
import { type Minimized, type MinimizedFile, planMinimal } from './plan-minimize.ts';

/** Cuts full copies of apps down to what they say otherwise; resolves to the exit of the run. */
export async function runMinimize(given: Session, input: MinimizeInput): Promise<number> {
  requireAppWords(input.positionals);
  const budget = readBudget(input);
  const context = await openContext(given, input, 'write');
  try {
    const { session, repository, renderers } = context;
    if (budget !== undefined && !(await renderers.versions()))
      throw new UserError('E_TOOL', say('render.kustomizeNotInstalled'), {
        hint: say('preview.needsRenderer'),
      });
    const shown = showProgress(session, say('diff.comparing'));
    const proof = budget === undefined ? undefined : { renderers, budget, tick: shown.tick };
    const planning = { ...context, uses: findUses(repository), proof, t: session.t };
    const plans: Minimized[] = [];
    try {
      for (const app of selectUsing(repository, input.positionals))
        plans.push(await planMinimal(planning, app));
    } finally {
      shown.end();
    }
    return showSteady(context, await writeSteady(context, plans), {
      name: 'minimize',
      input,
      subject: 'overrides only',
      done: say('minimize.done'),
      would: say('minimize.would'),
      nothing: say('minimize.nothing'),
      lines: plan => plan.files.flatMap(file => fileLines(file, session)),
      json: minimizedJson,
    });
  } finally {
    await context.close();
  }
}

function fileLines(
  { name, version = '', valuesFile, lines, dropped, lookups, evidence }: MinimizedFile,
  { t, terminal }: Session,
): string[] {
  const about = { chart: display(`${name} ${version}`.trimEnd()), file: display(valuesFile), ...lines };
  const texts: Text[] = [
    say('minimize.linesNow', about),
    ...(dropped.length > 0 ? [say('minimize.dropped', { paths: dropped.map(display).join(', ') })] : []),
    ...(evidence ? evidenceTexts(evidence) : []),
    ...(lookups.length > 0 ? [say('render.asksCluster', { files: lookups.map(display).join(', ') })] : []),
  ];
  return texts.flatMap(text => wrap(`  ${t(text)}`, terminal.columns, { hang: '    ' }));
}

function minimizedJson({ files }: ProvedPlan<Minimized>): object {
  return {
    charts: files.map(({ evidence, ...file }) => ({
      ...file,
      ...(evidence ? { evidence: evidenceJson(evidence) } : {}),
    })),
  };
}
