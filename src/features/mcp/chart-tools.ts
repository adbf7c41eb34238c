import type { ChartAddress } from '../../charts/address.ts';
import type { Charts } from '../../charts/lookup.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display, displayBlock } from '../../text/display.ts';
import type { ToolArguments } from './tools.ts';

/** A tool that looks charts up, where no command does. */
export type ChartTool = {
  name: string;
  title: string;
  description: string;
  input: object;
  look(charts: Charts, given: ToolArguments): Promise<object>;
};

const TEXT = { type: 'string', maxLength: 500 };
const WHICH = {
  chart: { ...TEXT, description: 'the name of the chart, or oci://host/path/chart' },
  repo: { ...TEXT, description: 'the URL or the alias of its repository' },
};
const FROM = { type: 'integer', minimum: 0, description: 'where to go on, as the last answer says' };
const MOST_LINES = 200;
const MOST_VERSIONS = 100;

/** What others wrote is data: it stands nowhere but under `untrusted`, with where it comes from. */
type Untrusted = { source: string; text: string };

/** Looking for charts, their versions and their default values. */
export const CHART_TOOLS: readonly ChartTool[] = [
  {
    name: 'find_chart',
    title: 'Find a chart',
    description: 'Charts whose name contains a term, in the repositories in use and on Artifact Hub.',
    input: schema({ term: { ...TEXT, description: 'a part of the name' }, repo: WHICH.repo }, ['term']),
    look: async (charts, given) => {
      const found = await charts.search(textOf(given['term']), optional(given['repo']));
      return {
        charts: found.charts.map(({ name, repo, version }) => ({
          name,
          repo,
          ...(version ? { version } : {}),
        })),
        unseen: found.unseen.map(({ en }) => en),
        untrusted: found.charts.flatMap(({ name, repo, description }): Untrusted[] =>
          description ? [{ source: `${repo} ${name}`, text: display(description) }] : [],
        ),
      };
    },
  },
  {
    name: 'chart_versions',
    title: 'Versions of a chart',
    description: 'The versions of a chart, newest first, with their dates.',
    input: schema({ ...WHICH, from: FROM }, ['chart']),
    look: async (charts, given) => {
      const address = await addressOf(charts, given);
      const versions = await charts.versions(address);
      const from = Number(given['from'] ?? 0);
      const shown = versions.slice(from, from + MOST_VERSIONS);
      return {
        chart: address.name,
        total: versions.length,
        versions: shown.map(({ version, created, deprecated, removed }) => ({
          version,
          ...(created ? { created } : {}),
          ...(deprecated ? { deprecated } : {}),
          ...(removed ? { removed } : {}),
        })),
        ...(from + shown.length < versions.length ? { from: from + shown.length } : {}),
      };
    },
  },
  {
    name: 'chart_values',
    title: 'Default values of a chart',
    description: 'Lines of the default values of a version, from a line on, or around a text.',
    input: schema(
      {
        ...WHICH,
        version: { ...TEXT, description: 'exact' },
        search: { ...TEXT, description: 'a text to look for' },
        from: FROM,
      },
      ['chart'],
    ),
    look: async (charts, given) => {
      const address = await addressOf(charts, given);
      const { version } = charts.choose(
        address,
        await charts.versions(address),
        optional(given['version']),
      ).release;
      const versions = await charts.versions(address);
      const entry = versions.find(each => each.version === version);
      const pulled = entry && (await charts.pull(address, entry));
      const lines = displayBlock(pulled?.files.get('values.yaml')?.toString('utf8') ?? '').split('\n');
      return {
        chart: address.name,
        version,
        lines: lines.length,
        ...linesOf(lines, given, `${address.name} ${version} values.yaml`),
      };
    },
  },
];

function linesOf(lines: readonly string[], given: ToolArguments, source: string): object {
  const wanted = optional(given['search']);
  const asked = Number(given['from'] ?? 0);
  const found =
    wanted === undefined ? asked : lines.findIndex((line, at) => at >= asked && line.includes(wanted));
  if (found < 0) return { untrusted: [] };
  const start = wanted === undefined ? asked : Math.max(0, found - 20);
  const shown = lines.slice(start, start + MOST_LINES);
  const end = start + shown.length;
  const untrusted: Untrusted[] = [{ source: `${source}:${start + 1}`, text: shown.join('\n') }];
  return { untrusted, ...(end < lines.length ? { from: wanted === undefined ? end : found + 1 } : {}) };
}

/** @throws UserError E_NO_CHART where no repository in use has it, or several have */
async function addressOf(charts: Charts, given: ToolArguments): Promise<ChartAddress> {
  const request = charts.parse(textOf(given['chart']), optional(given['repo']));
  if (request.status === 'address') return request.address;
  const { found } = await charts.find(request.name);
  const [only] = found;
  if (only && found.length === 1) return only;
  throw new UserError(
    'E_NO_CHART',
    say('mcp.notOneChart', { name: display(request.name), count: found.length }),
    {
      hint: say('mcp.giveRepo'),
      subject: request.name,
    },
  );
}

function schema(properties: object, required: readonly string[]): object {
  return { type: 'object', additionalProperties: false, properties, required };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function optional(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
