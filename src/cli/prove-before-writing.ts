import { say } from '../locales/say.ts';
import { diffLines } from '../output/line-diff.ts';
import { wrap } from '../output/wrap.ts';
import type { ObjectDifference } from '../render/compare/object-differences.ts';
import { maskedJson, maskedTexts } from '../render/effects/describe-proof.ts';
import type { RenderVerdict, SteadyChange } from '../render/same-render.ts';
import { display } from '../text/display.ts';
import type { CommandContext } from './command-context.ts';
import type { Session } from './context.ts';

/**
 * Renders before and after a change that is to leave what runs as it is, before anything is written.
 * @throws UserError E_RENDER for what does not render before, or would not afterwards
 */
export async function proveBeforeWriting(
  context: CommandContext,
  change: SteadyChange,
): Promise<RenderVerdict> {
  const [{ compareRender }, { resourceFetcher }] = await Promise.all([
    import('../render/same-render.ts'),
    import('../render/fetch-resources.ts'),
  ]);
  const { session } = context;
  const fetch = resourceFetcher(async () => context);
  return compareRender({ ...context, fetch, jobs: session.jobs, offline: session.offline }, change);
}

/** Lines of differences on a terminal: whoever wants all of them asks for JSON. */
const MOST_LINES = 80;

/** What became of the look, for a person; where it differs, the objects as a diff. */
export function renderVerdictLines({ t, terminal }: Session, verdict: RenderVerdict): string[] {
  const { style, columns } = terminal;
  const wrapped = (text: string): string[] => wrap(text, columns, { hang: '  ' });
  if (verdict.status === 'not-rendered') {
    const text = t(say('render.verdictNotRendered', { reason: verdict.reason }));
    return wrapped(text).map(line => style(line, 'yellow'));
  }
  const masked = maskedTexts(verdict.masked).flatMap(text => wrapped(t(text)));
  if (verdict.status === 'same') {
    const remarks = verdict.remarks.flatMap(text => wrapped(t(text)));
    const head = t(say('render.rendersSame', { count: verdict.objects }));
    return [head, ...[...masked, ...remarks].map(line => style(line, 'dim'))];
  }
  const head = t(say('render.rendersOtherwise', { count: verdict.differences.length }));
  const shown = verdict.shown.flatMap(object => objectLines(object, style));
  const rest = shown.length > MOST_LINES ? [style(`… +${shown.length - MOST_LINES}`, 'dim')] : [];
  return [style(head, 'red'), ...shown.slice(0, MOST_LINES), ...rest, ...masked];
}

const COLOURS = { added: 'green', removed: 'red', hunk: 'cyan' } as const;

function objectLines(
  { object, before, after }: ObjectDifference,
  style: Session['terminal']['style'],
): string[] {
  const { kind, namespace, name } = object;
  const title = display(`${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`);
  const lines = diffLines(before, after).map(line =>
    line.kind === 'same' ? display(line.text) : style(display(line.text), COLOURS[line.kind]),
  );
  return [style(title, 'bold'), ...lines];
}

/** The same for programs, in English. */
export function renderVerdictJson(verdict: RenderVerdict) {
  if (verdict.status === 'not-rendered') return { status: verdict.status, reason: verdict.reason.en };
  const masked = maskedJson(verdict.masked);
  if (verdict.status === 'differs')
    return { status: verdict.status, differences: verdict.differences, masked };
  const { status, objects, apart, remarks } = verdict;
  return { status, objects, masked, apart, remarks: remarks.map(({ en }) => en) };
}
