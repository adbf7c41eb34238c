import type { CrdChange } from '../crd-changes.ts';
import type { ImageChange } from '../image-changes.ts';
import type { FieldChange, ObjectName, RenderedChanges } from '../rendered-changes.ts';
import type { AppReport } from '../report-facts.ts';
import { code, shortValue } from './markdown.ts';
import { cut, type Pen, titled } from './pen.ts';

/** What changes in the cluster: images, CRDs, rendered objects. */
export function impact(app: AppReport, pen: Pen): string[] {
  const { rendered } = app;
  if (!rendered)
    return [
      pen.t({
        en: 'Not rendered, so what reaches the cluster was not compared.',
        'zh-CN': '未渲染，因此没有比较实际进入集群的内容。',
      }),
    ];
  const lines = [
    ...titled(
      { en: 'Images', 'zh-CN': '镜像' },
      rendered.images.map(change => imageLine(change, pen)),
      pen,
    ),
    ...titled(
      { en: 'Custom resource definitions', 'zh-CN': 'CRD' },
      rendered.crds.map(change => crdLine(change, pen)),
      pen,
    ),
    ...renderedLines(rendered.changes, pen),
  ];
  return lines.length > 0
    ? lines
    : [pen.t({ en: 'Nothing that reaches the cluster changes.', 'zh-CN': '进入集群的内容没有变化。' })];
}

function imageLine(change: ImageChange, { t }: Pen): string {
  switch (change.kind) {
    case 'tag':
      return `${code(change.name)}: ${code(change.before)} → ${code(change.after)}`;
    case 'moved':
      return `${t({ en: 'moved', 'zh-CN': '迁移' })}: ${code(change.before)} → ${code(change.after)}`;
    case 'added':
      return `${t({ en: 'added', 'zh-CN': '新增' })}: ${code(change.after)}`;
    case 'removed':
      return `${t({ en: 'removed', 'zh-CN': '删除' })}: ${code(change.before)}`;
  }
}

function crdLine(change: CrdChange, { t }: Pen): string {
  switch (change.kind) {
    case 'added':
      return `${t({ en: 'added', 'zh-CN': '新增' })}: ${code(change.name)}`;
    case 'removed':
      return `⚠️ ${t({ en: 'removed, and with it every object of its kind', 'zh-CN': '删除，其所有对象也将被删除' })}: ${code(change.name)}`;
    case 'versions':
      return `${code(change.name)}: ${[...change.added.map(text => `+${text}`), ...change.removed.map(text => `-${text}`)].join(' ')}`;
    case 'schema':
      return `${code(change.name)}: ${t({ en: 'schema changed', 'zh-CN': 'schema 改变' })}`;
  }
}

function renderedLines({ added, removed, changed, noise }: RenderedChanges, pen: Pen): string[] {
  const folded = pen.t({
    en: `${noise} more objects differ in chart labels and checksums only.`,
    'zh-CN': `另有 ${noise} 个对象只有 chart 标签和校验和不同。`,
  });
  return [
    ...titled({ en: 'Objects added', 'zh-CN': '新增对象' }, added.map(objectName), pen),
    ...titled({ en: 'Objects removed', 'zh-CN': '删除对象' }, removed.map(objectName), pen),
    ...titled(
      { en: 'Objects changed', 'zh-CN': '改变的对象' },
      changed.map(
        object =>
          `${objectName(object)}: ${cut(object.fields.map(fieldLine), { ...pen, detail: { most: Math.min(4, pen.detail.most) } })}`,
      ),
      pen,
    ),
    ...(noise > 0 ? ['', folded] : []),
  ];
}

function objectName({ kind, name, namespace }: ObjectName): string {
  return code(`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`);
}

function fieldLine({ path, before, after }: FieldChange): string {
  return `${code(path)} ${shortValue(before, '∅')} → ${shortValue(after, '∅')}`;
}
