import { evidenceTexts } from '../../../render/effects/describe-proof.ts';
import { say } from '../../../locales/say.ts';
import type { Text } from '../../../text/language.ts';
import type { AppReport, ChartReport, StepEffect } from '../report-facts.ts';
import { code, plain } from '../../../text/markdown.ts';
import { shortList, type ReportWriter } from './report-writer.ts';

/** What loses its effect, in all apps: it stands before everything else. */
export function lostEffects(apps: readonly AppReport[], { t }: ReportWriter): string[] {
  const lines = apps.flatMap(({ app, charts }) =>
    charts.flatMap(({ move, effects }) => {
      const lost = (effects?.customisations ?? []).filter(({ lostEffect }) => lostEffect);
      return lost.map(({ path }) => `- ${plain(app)} ${plain(move.name)}: ${code(path)}`);
    }),
  );
  if (lines.length === 0) return [];
  return [`⚠️ ${t(say('proof.lostEffectHeading', { count: lines.length }))}:`, '', ...lines, ''];
}

const GROUPS: readonly [Text, (effect: StepEffect) => boolean][] = [
  [say('proof.lostEffectMark'), ({ lostEffect }) => lostEffect],
  [say('proof.wakesUp'), ({ effect, after }) => isIdle(effect) && after === 'effective'],
  [say('proof.noEffectNow'), ({ effect, after }) => isIdle(effect) && isIdle(after)],
];

function isIdle(effect: StepEffect['after']): boolean {
  return effect === 'none' || effect === 'dead';
}

/** What the customisations of a chart do before and after; empty where nobody asked for the proof. */
export function effectLines({ effects }: ChartReport, writer: ReportWriter): string[] {
  if (!effects) return [];
  const { before, after, customisations } = effects;
  const groups = GROUPS.flatMap(([title, isOf]) => {
    const paths = customisations.filter(isOf).map(({ path }) => code(path));
    return paths.length > 0 ? [`- ${writer.t(title)} (${paths.length}): ${shortList(paths, writer)}`] : [];
  });
  const notes = [...new Set([before, after].flatMap(evidenceTexts).map(text => plain(writer.t(text))))];
  const proved = say('proof.effectsProved', { renders: before.renders + after.renders });
  return ['', writer.t(proved), '', ...groups, ...notes.map(note => `- ${note}`)];
}
