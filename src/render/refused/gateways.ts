import { isRecord, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import {
  absent,
  type Body,
  dotted,
  doubles,
  entriesAt,
  type Entry,
  type Fault,
  seconds,
  wrong,
} from './fault.ts';

const MOST_HOSTS = 16;
const MOST_LISTENERS = 64;
const MOST_PARENTS = 32;

/** The rules that stand in the definition of a route of Gateway API, beyond its schema. */
export function routeFaults(body: Body): Fault[] {
  const hosts = stringsAt(body, ['spec', 'hostnames']);
  return [
    ...(hosts.length > MOST_HOSTS ? [tooMany(['spec', 'hostnames'], hosts.length, MOST_HOSTS)] : []),
    ...parentFaults(entriesAt(body, ['spec', 'parentRefs']).slice(0, MOST_PARENTS)),
    ...entriesAt(body, ['spec', 'rules']).flatMap(ruleFaults),
  ];
}

function tooMany(path: readonly string[], count: number, most: number): Fault {
  return { path, fact: say('risks.tooMany', { path: dotted(path), count, most }) };
}

/** Of several references to one parent each names another section. */
function parentFaults(parents: readonly Entry[]): Fault[] {
  const parentOf = ({ value }: Entry): string =>
    JSON.stringify([
      value['group'] ?? '',
      value['kind'] ?? 'Gateway',
      value['namespace'] ?? '',
      value['name'],
    ]);
  const sectionOf = ({ value }: Entry): string =>
    JSON.stringify([value['sectionName'] ?? '', value['port'] ?? '']);
  const second = parents.find((parent, index) =>
    parents.slice(0, index).some(other => {
      const isWhole = [parent, other].some(each => sectionOf(each) === '["",""]');
      return parentOf(parent) === parentOf(other) && (isWhole || sectionOf(parent) === sectionOf(other));
    }),
  );
  return second ? [{ path: second.path, fact: say('risks.parentTwice', { path: dotted(second.path) }) }] : [];
}

function ruleFaults(rule: Entry): Fault[] {
  const { value, path } = rule;
  return [
    ...entriesAt(value, ['matches'], path).flatMap(matchFaults),
    ...filterFaults(rule),
    ...timeoutFaults(rule),
  ];
}

function matchFaults({ value, path }: Entry): Fault[] {
  const type = stringOf(valueAt(value, ['path', 'type'])) ?? 'PathPrefix';
  const text = stringOf(valueAt(value, ['path', 'value']));
  const isOff = text !== undefined && !text.startsWith('/') && /^(?:Exact|PathPrefix)$/.test(type);
  const method = value['method'];
  const isEmpty = isRecord(method) && method['service'] === undefined && method['method'] === undefined;
  return [
    ...(isOff ? [wrong([...path, 'path', 'value'], text, say('risks.ruleAbsolute'))] : []),
    ...(isEmpty ? [{ path: [...path, 'method'], fact: say('risks.grpcMatch', { path: dotted(path) }) }] : []),
  ];
}

function filterFaults({ value, path }: Entry): Fault[] {
  const filters = entriesAt(value, ['filters'], path);
  const backends = entriesAt(value, ['backendRefs'], path);
  const redirect = filters.find(filter => filter.value['type'] === 'RequestRedirect');
  const rewrite = filters.find(filter =>
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

function timeoutFaults({ value, path }: Entry): Fault[] {
  const [whole, single] = ['request', 'backendRequest'].map(name => valueAt(value, ['timeouts', name]));
  const [most, want] = [millisecondsOf(whole), millisecondsOf(single)];
  if (most === undefined || want === undefined || most === 0 || want <= most) return [];
  const at = [...path, 'timeouts', 'backendRequest'];
  return [
    {
      path: at,
      fact: say('risks.aboveLimit', { path: dotted(at), value: String(single), limit: String(whole) }),
    },
  ];
}

const MILLISECONDS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

function millisecondsOf(value: unknown): number | undefined {
  const text = stringOf(value);
  if (text === undefined || !/^(?:\d{1,5}(?:h|m|s|ms)){1,4}$/.test(text)) return undefined;
  return [...text.matchAll(/(?<!\d)(\d+)(ms|h|m|s)/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (MILLISECONDS[unit] ?? 0),
    0,
  );
}

/** The same of a Gateway. */
export function gatewayFaults(body: Body): Fault[] {
  const listeners = entriesAt(body, ['spec', 'listeners']);
  const placeOf = ({ port, protocol, hostname }: Body): string =>
    `${String(port)} ${String(protocol)} ${stringOf(hostname) ?? ''}`.trim();
  const [second] = seconds(listeners, placeOf);
  return [
    ...(listeners.length > MOST_LISTENERS
      ? [tooMany(['spec', 'listeners'], listeners.length, MOST_LISTENERS)]
      : []),
    ...doubles(listeners, ({ name }) => String(name), 'spec.listeners'),
    ...(second ? [{ path: second.path, fact: say('risks.listenerTwice', { place: second.key }) }] : []),
    ...listeners.flatMap(tlsFaults),
  ];
}

function tlsFaults({ value, path }: Entry): Fault[] {
  const { protocol, tls } = value;
  if (!isRecord(tls)) return [];
  const mode = stringOf(tls['mode']) ?? 'Terminate';
  const at = [...path, 'tls'];
  if (protocol === 'HTTPS' && mode !== 'Terminate')
    return [wrong([...at, 'mode'], mode, say('risks.ruleOneOf', { choices: 'Terminate' }))];
  if (protocol === 'HTTP' || protocol === 'TCP' || protocol === 'UDP')
    return [{ path: at, fact: say('risks.noTlsHere', { path: dotted(at), protocol }) }];
  const hasCertificate = entriesAt(tls, ['certificateRefs']).length > 0 || isRecord(tls['options']);
  return mode === 'Terminate' && !hasCertificate ? [absent([...at, 'certificateRefs'])] : [];
}
