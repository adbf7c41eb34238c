import type { RepositoryFiles } from '../system/files/files.ts';

/** What the demo leaves in its folder, so that the lines that follow run there as anywhere. */
export const DEMO_MARK = '.slipway/demo';

/**
 * Whether a repository says that the demo made it. A clone may say it of itself: it gets the charts that come with slipway,
 * and is kept from asking anybody.
 */
export async function isDemo({ list }: Pick<RepositoryFiles, 'list'>): Promise<boolean> {
  const entries = (await list('.slipway').catch(() => undefined)) ?? [];
  return entries.some(({ name, kind }) => name === 'demo' && kind === 'file');
}
