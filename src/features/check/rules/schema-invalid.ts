import type { AppFacts } from '../facts/app-facts.ts';
import type { Remark } from '../finding.ts';
import type { Place } from '../../../repository/place.ts';
import type { RenderedFacts } from '../facts/rendered-facts.ts';
import type { AppRule } from '../rule.ts';

/** The API server refuses what its schema does not allow, or drops it in silence. */
export const schemaInvalid: AppRule = {
  scope: 'app',
  severity: 'error',
  needs: 'rendering',
  title: { en: 'objects follow their schema (kubeconform)', 'zh-CN': '对象符合其 schema（kubeconform）' },
  check: facts =>
    facts.rendered?.status === 'rendered'
      ? [
          ...invalidObjects(facts, facts.rendered.facts),
          ...unchecked(facts, facts.rendered.facts),
          ...cutSchemas(facts, facts.rendered.facts),
        ]
      : [],
};

function invalidObjects(facts: AppFacts, { invalid }: RenderedFacts): Remark[] {
  return invalid.map(({ kind, name, reason }) => ({
    ...placeOf(facts, kind, name),
    message: { en: `${kind} ${name}: ${reason}`, 'zh-CN': `${kind} ${name}：${reason}` },
    hint: { en: 'correct the field', 'zh-CN': '修正该字段' },
  }));
}

function unchecked({ root }: AppFacts, { unchecked: reason }: RenderedFacts): Remark[] {
  if (reason === undefined || !root) return [];
  return [
    {
      ...root.at(),
      severity: 'note',
      message: { en: `not checked against schemas: ${reason}`, 'zh-CN': `未校验 schema：${reason}` },
      hint: {
        en: 'name schemas that can be reached in SLIPWAY_KUBECONFORM_SCHEMAS, or run with --offline',
        'zh-CN': '用 SLIPWAY_KUBECONFORM_SCHEMAS 指定可访问的 schema，或使用 --offline',
      },
    },
  ];
}

/** helm would fetch what the schema of a chart's values refers to, so it gets the schema without. */
function cutSchemas({ root }: AppFacts, { cutSchemas: cut }: RenderedFacts): Remark[] {
  if (!root) return [];
  return cut.map(reference => ({
    ...root.at(),
    severity: 'note',
    message: {
      en: `values not held to the whole of their schema: ${reference}`,
      'zh-CN': `values 未按完整的 schema 校验：${reference}`,
    },
    hint: {
      en: 'nothing to do here; its author could put what it refers to into the schema',
      'zh-CN': '无需处理；chart 作者可将所引用的内容并入 schema',
    },
  }));
}

/** The file that holds the object; for a chart's the chart's entry, else the kustomization. */
function placeOf(facts: AppFacts, kind: string, name: string): Place {
  const own = facts.objects.find(object => object.kind === kind && object.name === name);
  if (own) return own.at();
  const label =
    facts.rendered?.status === 'rendered'
      ? facts.rendered.facts.objects.find(object => object.kind === kind && object.name === name)?.chart
      : undefined;
  const entry = facts.charts.find(({ chart }) => `${chart.name}-${chart.version}` === label);
  return entry?.chart.at() ?? facts.root?.at() ?? { file: facts.folder, line: 1, column: 1 };
}
