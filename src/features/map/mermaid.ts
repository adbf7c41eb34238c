import { displayLine } from '../../text/display.ts';
import type { MapEdge, MapItem, RepositoryMap } from './graph.ts';

/** Mermaid refuses to draw more edges (`maxEdges`). */
const MOST_EDGES = 500;

/** What is left out where there is too much of everything: from what is read last on. */
const LEAVES: readonly MapItem['kind'][] = ['image', 'secret', 'route', 'gateway', 'chart'];

const ARROWS: Partial<Record<MapEdge['kind'], string>> = { dependsOn: '-.->', attaches: '-.->' };
const SHAPES: Partial<Record<MapItem['kind'], [string, string]>> = {
  cluster: ['[(', ')]'],
  deployer: ['[[', ']]'],
  app: ['(', ')'],
};

/** The map as a flowchart of Mermaid, which GitHub and GitLab draw in Markdown. */
export function mermaid(map: RepositoryMap): string {
  let { nodes, edges } = map;
  const left: string[] = [];
  for (const kind of LEAVES) {
    if (edges.length <= MOST_EDGES) break;
    const gone = new Set(nodes.filter(node => node.kind === kind).map(({ id }) => id));
    if (gone.size > 0) left.push(`${gone.size} ${kind}s`);
    nodes = nodes.filter(({ id }) => !gone.has(id));
    edges = edges.filter(({ from, to }) => !gone.has(from) && !gone.has(to));
  }
  const ids = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  return [
    'flowchart LR',
    ...(left.length > 0
      ? [`  %% left out, since Mermaid draws ${MOST_EDGES} edges: ${left.join(', ')}`]
      : []),
    ...nodes.map(node => `  ${ids.get(node.id)}${shaped(node)}`),
    ...edges.map(({ from, to, kind }) => `  ${ids.get(from)} ${ARROWS[kind] ?? '-->'} ${ids.get(to)}`),
  ].join('\n');
}

function shaped(node: MapItem): string {
  const [open, close] = SHAPES[node.kind] ?? ['[', ']'];
  return `${open}"${escaped(labelOf(node))}"${close}`;
}

function labelOf(node: MapItem): string {
  switch (node.kind) {
    case 'chart':
      return `${node.name} ${node.version}${node.newest === undefined ? '' : ` → ${node.newest}`}`;
    case 'deployer':
      return `${node.type} ${node.name}`;
    case 'route':
      return node.hosts.join(' ') || node.name;
    case 'secret':
      return `${node.type} ${node.name}`;
    case 'app':
      return node.path;
    case 'cluster':
    case 'image':
    case 'gateway':
      return `${node.kind} ${node.name}`;
  }
}

const LONGEST = 120;

/** Whatever could end a text, begin markup or an entity is written as its number. */
function escaped(text: string): string {
  return displayLine(text, LONGEST).replaceAll(/[^\p{L}\p{N} ./:@→_-]/gu, char => `#${char.codePointAt(0)};`);
}
