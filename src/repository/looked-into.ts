/**
 * Whether a folder of the repository is looked into: not pulled charts, whose files are asked for one by one, nor what other
 * programs keep there.
 */
export function isLookedInto(folder: string): boolean {
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  return name !== 'charts' && name !== 'node_modules' && (!name.startsWith('.') || folder === '.slipway');
}
