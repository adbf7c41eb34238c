import { isRecord, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import { addressVersion, between, checked, type Checks, has, oneOf } from './checks.ts';
import {
  type Body,
  dotted,
  doubles,
  entriesAt,
  type Entry,
  type Fault,
  held,
  tooMany,
  wrong,
} from './fault.ts';

const MOST_HOSTS = 16;
const MOST_PARENTS = 32;
const MOST_RULES = 16;
const MOST_MATCHES = 64;
const MOST_MATCHES_IN_ALL = 128;

/** The rules that stand in the definition of every route of Gateway API, beyond its schema. */
export function routeFaults(body: Body): Fault[] {
  const hosts = stringsAt(body, ['spec', 'hostnames']);
  const rules = entriesAt(body, ['spec', 'rules']);
  return [
    ...tooMany(['spec', 'hostnames'], hosts.length, MOST_HOSTS),
    ...parentFaults(entriesAt(body, ['spec', 'parentRefs']).slice(0, MOST_PARENTS)),
    ...tooMany(['spec', 'rules'], rules.length, MOST_RULES),
    ...rules
      .slice(0, MOST_RULES)
      .flatMap(rule => entriesAt(rule.value, ['backendRefs'], rule.path).flatMap(backendFaults)),
  ];
}

/** Of several references to one parent each names another section, all in one way: by name, by port, or by both. */
function parentFaults(parents: readonly Entry[]): Fault[] {
  const parentOf = ({ value }: Entry): string =>
    JSON.stringify([
      value['group'] ?? 'gateway.networking.k8s.io',
      value['kind'] ?? 'Gateway',
      value['namespace'] ?? '',
      value['name'],
    ]);
  const sectionOf = ({ value }: Entry): string[] =>
    [value['sectionName'] ?? '', value['port'] ?? ''].map(part => JSON.stringify(part));
  const second = parents.find((parent, index) =>
    parents.slice(0, index).some(other => {
      const [own, others] = [sectionOf(parent), sectionOf(other)];
      const isOtherWay = own.some((part, at) => (part === '""') !== (others[at] === '""'));
      return parentOf(parent) === parentOf(other) && (isOtherWay || own.join() === others.join());
    }),
  );
  return second ? [{ path: second.path, fact: say('risks.parentTwice', { path: dotted(second.path) }) }] : [];
}

function backendFaults({ value, path }: Entry): Fault[] {
  return checked(value, { port: between(1, 65_535), weight: between(0, 1_000_000) }, path);
}

/** The rules for an HTTPRoute. */
export function httpFaults(body: Body): Fault[] {
  const rules = entriesAt(body, ['spec', 'rules']).slice(0, MOST_RULES);
  return [...routeFaults(body), ...matchCounts(rules), ...rules.flatMap(ruleFaults)];
}

/** The rules for a GRPCRoute. */
export function grpcFaults(body: Body): Fault[] {
  const rules = entriesAt(body, ['spec', 'rules']).slice(0, MOST_RULES);
  return [
    ...routeFaults(body),
    ...matchCounts(rules),
    ...rules.flatMap(({ value, path }) =>
      entriesAt(value, ['matches'], path).slice(0, MOST_MATCHES).flatMap(methodFaults),
    ),
  ];
}

/** The rules for a TLSRoute: names only. */
export function tlsFaults(body: Body): Fault[] {
  const hosts = stringsAt(body, ['spec', 'hostnames']);
  return [
    ...routeFaults(body),
    ...hosts.flatMap((host, index) =>
      addressVersion(host) === 0 ? [] : [wrong(['spec', 'hostnames', index], host, say('risks.ruleHost'))],
    ),
  ];
}

function matchCounts(rules: readonly Entry[]): Fault[] {
  const counts = rules.map(({ value }) => (Array.isArray(value['matches']) ? value['matches'].length : 0));
  const sum = counts.reduce((total, count) => total + count, 0);
  return [
    ...rules.flatMap(({ path }, index) => tooMany([...path, 'matches'], counts[index] ?? 0, MOST_MATCHES)),
    ...tooMany(['spec', 'rules'], sum > MOST_MATCHES_IN_ALL ? sum : 0, MOST_MATCHES_IN_ALL),
  ];
}

function ruleFaults(rule: Entry): Fault[] {
  const { value, path } = rule;
  return [
    ...entriesAt(value, ['matches'], path).slice(0, MOST_MATCHES).flatMap(matchFaults),
    ...leadingFaults(rule),
    ...timeoutFaults(rule),
  ];
}

const PATH = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;
const ODD_PATH = /\/\/|\/\.\.?(?:\/|$)|%2f|%2F|#/;

function matchFaults({ value, path }: Entry): Fault[] {
  const type = stringOf(valueAt(value, ['path', 'type'])) ?? 'PathPrefix';
  const text = stringOf(valueAt(value, ['path', 'value']));
  const isCompared = text !== undefined && /^(?:Exact|PathPrefix)$/.test(type);
  const at = [...path, 'path', 'value'];
  const isOdd = isCompared && text.startsWith('/') && (ODD_PATH.test(text) || !PATH.test(text));
  return [
    ...(isCompared && !text.startsWith('/') ? [wrong(at, text, say('risks.ruleAbsolute'))] : []),
    ...(isOdd ? [wrong(at, text, say('risks.rulePath'))] : []),
    ...checked(value, MATCH, path),
    ...['headers', 'queryParams'].flatMap(list =>
      doubles(entriesAt(value, [list], path), ({ name }) => String(name), dotted([...path, list])),
    ),
  ];
}

const MATCH: Checks = {
  'path.type': oneOf('Exact', 'PathPrefix', 'RegularExpression'),
  'headers[].type': oneOf('Exact', 'RegularExpression'),
  'queryParams[].type': oneOf('Exact', 'RegularExpression'),
  'headers[].name': (value, path) =>
    held(path, value, {
      pattern: /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/,
      most: 256,
      rule: say('risks.ruleHeader'),
    }),
  method: oneOf('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'),
};

const SERVICE = { pattern: /^\.?[a-z_][a-z_0-9]*(?:\.[a-z_][a-z_0-9]*)*$/i, most: 1024 };
const METHOD = { pattern: /^[A-Za-z_][A-Za-z_0-9]*$/, most: 1024 };

function methodFaults({ value, path }: Entry): Fault[] {
  const { method } = value;
  if (!isRecord(method)) return [];
  const at = [...path, 'method'];
  const rule = say('risks.ruleGrpc');
  const isEmpty = !has(method, 'service') && !has(method, 'method');
  const isExact = (method['type'] ?? 'Exact') === 'Exact';
  return [
    ...(isEmpty ? [{ path: at, fact: say('risks.grpcMatch', { path: dotted(path) }) }] : []),
    ...oneOf('Exact', 'RegularExpression')(method['type'], [...at, 'type']),
    ...(isExact ? held([...at, 'service'], method['service'], { ...SERVICE, rule }) : []),
    ...(isExact ? held([...at, 'method'], method['method'], { ...METHOD, rule }) : []),
  ];
}

/** A rule that redirects leads nowhere else; one that takes a prefix away has one prefix. */
function leadingFaults({ value, path }: Entry): Fault[] {
  const filters = entriesAt(value, ['filters'], path);
  const backends = entriesAt(value, ['backendRefs'], path);
  const redirect = filters.find(
    ({ value: filter }) => filter['type'] === 'RequestRedirect' || has(filter, 'requestRedirect'),
  );
  const all = [
    ...filters,
    ...backends.flatMap(backend => entriesAt(backend.value, ['filters'], backend.path)),
  ];
  const rewrite = all.find(filter =>
    ['urlRewrite', 'requestRedirect'].some(
      kind => valueAt(filter.value, [kind, 'path', 'type']) === 'ReplacePrefixMatch',
    ),
  );
  const matches = value['matches'] === undefined ? undefined : entriesAt(value, ['matches']);
  const [first, ...more] = matches ?? [];
  const type = valueAt(first?.value, ['path', 'type']) ?? 'PathPrefix';
  const isOnePrefix = matches === undefined || (more.length === 0 && type === 'PathPrefix');
  return [
    ...(redirect && backends.length > 0
      ? [{ path: redirect.path, fact: say('risks.redirectAndBackends') }]
      : []),
    ...(rewrite && !isOnePrefix ? [{ path: rewrite.path, fact: say('risks.rewriteOnePrefix') }] : []),
  ];
}

const DURATION = { pattern: /^(?:\d{1,5}(?:h|m|s|ms)){1,4}$/, most: 40 };

function timeoutFaults({ value, path }: Entry): Fault[] {
  const [whole, single] = ['request', 'backendRequest'].map(name => valueAt(value, ['timeouts', name]));
  const [most, want] = [millisecondsOf(whole), millisecondsOf(single)];
  const at = [...path, 'timeouts', 'backendRequest'];
  const isAbove = most !== undefined && want !== undefined && most !== 0 && want > most;
  const args = { path: dotted(at), value: String(single), limit: String(whole) };
  return [
    ...['request', 'backendRequest'].flatMap(name =>
      held([...path, 'timeouts', name], valueAt(value, ['timeouts', name]), {
        ...DURATION,
        rule: say('risks.ruleDuration'),
      }),
    ),
    ...(isAbove ? [{ path: at, fact: say('risks.aboveLimit', args) }] : []),
  ];
}

const MILLISECONDS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

function millisecondsOf(value: unknown): number | undefined {
  const text = stringOf(value);
  if (text === undefined || !DURATION.pattern.test(text)) return undefined;
  return [...text.matchAll(/(?<!\d)(\d+)(ms|h|m|s)/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (MILLISECONDS[unit] ?? 0),
    0,
  );
}
