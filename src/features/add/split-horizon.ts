import { UserError } from '../../errors.ts';
import { editYaml } from '../../yaml/edit.ts';
import { asList, recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import { readDocuments } from '../../yaml/read.ts';
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
  return serverOf(text, file).plugins.flatMap(({ rewrite }) => rewrite ?? []);
}

function addRewrite(text: string, file: string, { host, target }: Rewrite): string {
  const { server, plugins } = serverOf(text, file);
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
  const path = ['servers', server, 'plugins'];
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

/**
 * The server block for `.`, which most names go through: its number and its plugins.
 * @throws UserError E_YAML_*, E_VALUE if there is none
 */
function serverOf(text: string, file: string): { server: number; plugins: Plugin[] } {
  const servers = asList(valueAt(readDocuments(text, file)[0], ['servers']));
  const server = servers.findIndex(
    each =>
      recordsAt(each, ['zones']).some(({ zone }) => zone === '.') && recordsAt(each, ['plugins']).length > 0,
  );
  if (server >= 0) return { server, plugins: recordsAt(servers[server], ['plugins']).map(pluginOf) };
  throw new UserError('E_VALUE', say('add.hasNoServerPluginsZone', { name: file }), {
    hint: say('add.setServersChartsDefaultValues'),
    subject: file,
  });
}

/** A rule stands in its block, or behind `stop` or `continue` on the plugin's own line. */
function pluginOf({ name, configBlock, parameters }: Record<string, unknown>): Plugin {
  const rule = stringOf(configBlock) ?? (stringOf(parameters) ?? '').replace(/^\s*(?:stop|continue)\s/, '');
  const [, host, target] = name === 'rewrite' ? (RULE.exec(rule) ?? []) : [];
  return { name: stringOf(name) ?? '', rewrite: host && target ? { host, target } : undefined };
}
