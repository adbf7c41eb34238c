import { UserError } from '../../errors.ts';
import { editYaml } from '../../yaml/edit.ts';
import { mapsAt, nodeAt, textAt } from '../../yaml/nodes.ts';
import { parseSource, type YamlSource } from '../../yaml/source.ts';
import { say } from '../../locales/say.ts';

/** Pods that ask for `host` get the address of `target`, a Service inside of the cluster. */
export type Rewrite = { host: string; target: string };

/**
 * Adds the rewrite entries to the values file of the CoreDNS chart, in its own style; what is there already stays.
 * @throws UserError E_YAML_*, E_VALUE if the file has no server for all zones, E_EXISTS for a host that leads elsewhere
 */
export function addRewrites(text: string, file: string, rewrites: readonly Rewrite[]): string {
  return rewrites.reduce((edited, rewrite) => addRewrite(edited, file, rewrite), text);
}

/** The rewrites of whole names in the values file of the CoreDNS chart. */
export function findRewrites(text: string, file: string): Rewrite[] {
  return pluginsOf(parseSource(text, file)).flatMap(({ rewrite }) => rewrite ?? []);
}

function addRewrite(text: string, file: string, { host, target }: Rewrite): string {
  const source = parseSource(text, file);
  const plugins = pluginsOf(source);
  const present = plugins.find(({ rewrite }) => rewrite?.host === host)?.rewrite;
  if (present?.target === target) return text;
  if (present)
    throw new UserError('E_EXISTS', say('add.rewritesAlready', { file, host, target: present.target }), {
      hint: say('add.changeLineHandIfRight', { target }),
      subject: file,
    });
  const item = {
    name: 'rewrite',
    parameters: 'stop',
    configBlock: `name exact ${host} ${target} answer auto`,
  };
  const path = ['servers', requireServer(source), 'plugins'];
  return editYaml(text, file, [{ kind: 'add', path, items: [item], ...placeAmong(plugins) }]);
}

type Plugin = { name: string; rewrite: Rewrite | undefined };

/** Behind the last rewrite, else right before `kubernetes`, where a person looks for it: CoreDNS has an order of its own. */
function placeAmong(plugins: readonly Plugin[]): { after?: number } {
  const last = plugins.findLastIndex(({ name }) => name === 'rewrite');
  if (last >= 0) return { after: last };
  const kubernetes = plugins.findIndex(({ name }) => name === 'kubernetes');
  return kubernetes > 0 ? { after: kubernetes - 1 } : {};
}

const RULE = /^\s*name\s+exact\s+(\S+?)\.?\s+(\S+?)\.?(?:\s|$)/;

function pluginsOf(source: YamlSource): Plugin[] {
  return mapsAt(rootOf(source), ['servers', requireServer(source), 'plugins']).map(plugin => {
    const name = textAt(plugin, ['name']) ?? '';
    const rule = name === 'rewrite' ? ruleOf(plugin) : undefined;
    const [, host, target] = RULE.exec(rule ?? '') ?? [];
    return { name, rewrite: host && target ? { host, target } : undefined };
  });
}

/** In its block, or behind `stop` or `continue` on the plugin's own line. */
function ruleOf(plugin: ReturnType<typeof mapsAt>[number]): string {
  const block = textAt(plugin, ['configBlock']);
  return block ?? (textAt(plugin, ['parameters']) ?? '').replace(/^\s*(?:stop|continue)\s/, '');
}

/** The server block for `.`, which most names go through: its number. */
function requireServer(source: YamlSource): number {
  const found = mapsAt(rootOf(source), ['servers']).find(
    server =>
      mapsAt(server, ['zones']).some(zone => textAt(zone, ['zone']) === '.') &&
      mapsAt(server, ['plugins']).length > 0,
  );
  const list = nodeAt(rootOf(source), ['servers']);
  if (found && list && 'items' in list) return (list.items as unknown[]).indexOf(found);
  throw new UserError('E_VALUE', say('add.hasNoServerPluginsZone', { name: source.name }), {
    hint: say('add.setServersChartsDefaultValues'),
    subject: source.name,
  });
}

function rootOf({ documents }: YamlSource) {
  return documents[0]?.contents ?? undefined;
}
