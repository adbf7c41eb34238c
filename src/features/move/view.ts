import { changesJson } from '../../change-set.ts';
import { display } from '../../text/display.ts';
import type { Session } from '../../cli/context.ts';
import { commandLine } from '../../cli/command-line.ts';
import { renderPreview } from '../../output/preview.ts';
import type { Moving } from './moving.ts';
import { toJson } from '../../data/json.ts';

const SHOWN_MENTIONS = 20;

/** What a person must know before saying yes: what moves, what the cluster deletes, what cannot be opened any more. */
export function renderEffects(moving: Moving, session: Session): string {
  const { plan } = moving;
  const { t, terminal } = session;
  const { from, to } = places(moving);
  const files = { en: `${plan.moved.length} files`, 'zh-CN': `${plan.moved.length} 个文件` };
  const edits = plan.edits.changes.length > 0 ? [renderPreview(plan.edits, terminal), ''] : [];
  return [
    terminal.style(`${from} → ${to} (${t(files)})`, 'bold'),
    ...edits,
    ...clusterLines(moving, session),
    ...sealLines(moving, session),
    ...mentionLines(moving, session),
  ].join('\n');
}

function places({ request: { app, to } }: Moving): { from: string; to: string } {
  return { from: app.path, to: `${to.environment}/${to.name}` };
}

function clusterLines({ cluster, request }: Moving, { t, terminal }: Session): string[] {
  const { app } = request;
  if (!cluster.synced)
    return [
      t({
        en: `Argo CD does not sync ${app.environment}/*, so that nothing is deleted in the cluster.`,
        'zh-CN': `Argo CD 不同步 ${app.environment}/*，集群中不会删除任何内容。`,
      }),
    ];
  if (cluster.preserved)
    return [
      t({
        en: 'The Application goes; its objects stay (preserveResourcesOnDeletion).',
        'zh-CN': 'Application 被删除，其对象保留（preserveResourcesOnDeletion）。',
      }),
    ];
  const head = {
    en: `Argo CD deletes the Application ${app.name} with its ${cluster.objects.length} objects:`,
    'zh-CN': `Argo CD 将删除 Application ${app.name} 及其 ${cluster.objects.length} 个对象：`,
  };
  const lost = {
    en: 'Lost for good, data and everything inside included',
    'zh-CN': '无法恢复，包括数据和其中的一切',
  };
  const unseen = {
    en: `and whatever its charts render (${cluster.unseen ?? ''})`,
    'zh-CN': `以及其 chart 渲染的内容（${cluster.unseen ?? ''}）`,
  };
  return [
    t(head),
    ...cluster.objects.map(object => `  ${terminal.style('-', 'red')} ${display(object)}`),
    ...(cluster.unseen === undefined ? [] : [`  ${t(unseen)}`]),
    ...(cluster.lost.length > 0
      ? [terminal.style(`${t(lost)}: ${display(cluster.lost.join(', '))}`, 'red')]
      : []),
    ...(cluster.kept.length > 0
      ? [
          `${t({ en: 'Kept (Delete=false)', 'zh-CN': '保留（Delete=false）' })}: ${display(cluster.kept.join(', '))}`,
        ]
      : []),
  ];
}

function sealLines({ plan: { broken } }: Moving, { t, terminal }: Session): string[] {
  if (broken.length === 0) return [];
  const head = {
    en: 'These values must be sealed again, since they were sealed for another namespace or name:',
    'zh-CN': '以下值是为其他命名空间或名称加密的，必须重新加密：',
  };
  return [
    terminal.style(t(head), 'yellow'),
    ...broken.map(
      ({ namespace, name, scope, keys }) => `  ${namespace}/${name}: ${keys.join(', ')} (${scope})`,
    ),
  ];
}

function mentionLines({ plan: { mentions } }: Moving, { t }: Session): string[] {
  if (mentions.length === 0) return [];
  const more = mentions.length - SHOWN_MENTIONS;
  return [
    t({ en: 'Lines that still speak of the old place:', 'zh-CN': '仍提到旧位置的行：' }),
    ...mentions
      .slice(0, SHOWN_MENTIONS)
      .map(({ file, line, text }) => `  ${file}:${line}: ${display(text).slice(0, 120)}`),
    ...(more > 0 ? [`  … ${more}`] : []),
  ];
}

/** Ends a run: what moved, and the next steps. */
export function showMove(moving: Moving, session: Session, root: string): void {
  const { terminal, json } = session;
  if (json) terminal.result(toJson(resultJson(moving, session, root)));
  else terminal.result(resultText(moving, session));
}

function resultJson(moving: Moving, session: Session, root: string) {
  const { plan, cluster } = moving;
  const { objects, lost, kept, synced, preserved, unseen } = cluster;
  return {
    schemaVersion: 1,
    ...places(moving),
    root,
    dryRun: session.dryRun,
    changes: changesJson(plan.changes),
    cluster: {
      deletes: synced && !preserved ? objects : [],
      lost: synced && !preserved ? lost : [],
      kept: synced && preserved ? objects : kept,
      ...(unseen === undefined ? {} : { unseen }),
    },
    reseal: plan.broken,
    mentions: plan.mentions,
    next: nextSteps(moving),
    command: repeatMove(moving),
  };
}

function resultText(moving: Moving, session: Session): string {
  const { t, terminal, dryRun } = session;
  const { from, to } = places(moving);
  const done = dryRun
    ? { en: `would move ${from} to ${to}`, 'zh-CN': `将把 ${from} 移到 ${to}` }
    : { en: `moved ${from} to ${to}`, 'zh-CN': `已把 ${from} 移到 ${to}` };
  return [
    terminal.style(t(done), 'green'),
    `${t({ en: 'next', 'zh-CN': '下一步' })}:`,
    ...nextSteps(moving).map(step => `  ${step}`),
    `${t({ en: 'the same again', 'zh-CN': '重复此操作' })}:`,
    `  ${repeatMove(moving)}`,
  ].join('\n');
}

function nextSteps(moving: Moving): string[] {
  const { plan, request, tracked } = moving;
  const { from, to } = places(moving);
  const outside = plan.changes.changes
    .filter(({ action }) => tracked || action !== 'delete')
    .map(({ path }) => path)
    .filter(path => !path.startsWith(`${from}/`) && !path.startsWith(`${to}/`));
  const add = commandLine(['git', 'add', '--all', ...(tracked ? [from] : []), to, ...outside]);
  const subject =
    request.app.name === request.to.name
      ? `move to ${request.to.environment}`
      : `rename to ${request.to.name}`;
  return [
    ...plan.broken.map(({ command }) => command),
    `${add} && git commit -m "chore(${request.app.name}): ${subject}"`,
  ];
}

function repeatMove({ command }: Moving): string {
  return commandLine(['slipway', ...command, '--yes']);
}
