import { inRepository } from '../../charts/address.ts';
import type { Diagnosis } from './diagnosis.ts';
import { same } from '../../text/language.ts';
import { chartPins } from '../../charts/pins.ts';
import type { Repository } from '../../repository/model.ts';
import { displayUrl } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import type { Charts } from '../../charts/lookup.ts';

export type ChartContext = { charts: Pick<Charts, 'versions'>; offline: boolean };

/** Asks every chart repository in use for one chart that an app takes from it. */
export async function lookAtCharts(context: ChartContext, repository: Repository): Promise<Diagnosis[]> {
  const byRepo = new Map<string, string[]>();
  for (const { source, name } of repository.apps.flatMap(chartPins))
    byRepo.set(source, [...new Set([...(byRepo.get(source) ?? []), name])]);
  return Promise.all([...byRepo].map(([repo, names]) => lookAt(context, repo, names)));
}

async function lookAt({ charts, offline }: ChartContext, repo: string, names: string[]): Promise<Diagnosis> {
  const base = { topic: 'charts', subject: displayUrl(repo) } as const;
  if (offline)
    return {
      ...base,
      status: 'note',
      message: { en: 'not asked (--offline)', 'zh-CN': '未询问（--offline）' },
    };
  try {
    const [name = ''] = names;
    const versions = await charts.versions(inRepository(name, repo));
    const used = names.join(', ');
    return {
      ...base,
      status: 'ok',
      message: {
        en: `answers; ${versions.length} versions of ${name} (used here: ${used})`,
        'zh-CN': `可访问；${name} 有 ${versions.length} 个版本（本仓库使用：${used}）`,
      },
    };
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    const hint =
      error.hint ?? 'Compare the address with that of the publisher, and look at proxies and logins.';
    return { ...base, status: 'problem', message: same(error.message), hint: same(hint) };
  }
}
