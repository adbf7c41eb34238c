import type { Text } from '../../src/text/language.ts';
import type { AppChart } from '../../src/charts/pull-charts.ts';
import type { Sight } from '../../src/render/see-app.ts';

/** Why what is said about Services and images may be wrong, and what of a chart was not looked at. */
export function sightNotes({ unseen, cutSchemas }: Sight): Text[] {
  return [...unseenNote(unseen), ...cutSchemas.map(cutNote)];
}

function unseenNote(unseen: string | undefined): Text[] {
  if (unseen === undefined) return [];
  return [
    {
      en: `services, images and secrets were guessed from the values, not rendered: ${unseen}`,
      'zh-CN': `服务、镜像和 Secret 是根据 values 推测的，未经渲染：${unseen}`,
    },
  ];
}

function cutNote(reference: string): Text {
  return {
    en: `the values were not held to the whole of the chart's schema: ${reference}`,
    'zh-CN': `values 未按 chart 完整的 schema 校验：${reference}`,
  };
}

/** The config management plugin in the cluster builds them; kustomize itself does not. */
export function dependencyNotes(charts: readonly AppChart[]): Text[] {
  const unbuilt = charts.filter(
    ({ archive, chart }) => archive === undefined && chart.dependencies.length > 0,
  );
  return unbuilt.map(({ chart }) => ({
    en: `${chart.name} is a local chart with dependencies: run helm dependency build before a render`,
    'zh-CN': `${chart.name} 是有依赖的本地 chart：渲染前先运行 helm dependency build`,
  }));
}
