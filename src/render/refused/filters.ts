import { isRecord, stringOf } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import { between, checked, type Checks, fieldOfType, forbidden, has, oneOf, single } from './checks.ts';
import { absent, type Body, entriesAt, type Entry, exclusive, type Fault, wrong } from './fault.ts';

const MOST_FILTERS = 16;

/** The field that goes with each type of filter. */
const FILTERS: Readonly<Record<string, string>> = {
  RequestHeaderModifier: 'requestHeaderModifier',
  ResponseHeaderModifier: 'responseHeaderModifier',
  RequestMirror: 'requestMirror',
  RequestRedirect: 'requestRedirect',
  URLRewrite: 'urlRewrite',
  ExtensionRef: 'extensionRef',
  CORS: 'cors',
};
/** These may stand several times. */
const REPEATED = new Set(['RequestMirror', 'ExtensionRef']);

const MOST_RULES = 16;

/** What the rules for an HTTPRoute and a GRPCRoute refuse in their filters, those of backends too. */
export function filtersFaults(body: Body): Fault[] {
  const rules = entriesAt(body, ['spec', 'rules']).slice(0, MOST_RULES);
  return rules.flatMap(rule =>
    [rule, ...entriesAt(rule.value, ['backendRefs'], rule.path)].flatMap(filterFaults),
  );
}

function filterFaults({ value, path }: Entry): Fault[] {
  const filters = entriesAt(value, ['filters'], path).slice(0, MOST_FILTERS);
  const seen = new Set<string>();
  const isBoth = ['RequestRedirect', 'URLRewrite'].every(type =>
    filters.some(filter => filter.value['type'] === type),
  );
  return [
    ...filters.flatMap(filter => {
      const type = String(filter.value['type']);
      const isTwice = seen.has(type) && !REPEATED.has(type);
      seen.add(type);
      return [
        ...(isTwice ? [{ path: filter.path, fact: say('risks.nameTwice', { name: type }) }] : []),
        ...oneFilter(filter),
      ];
    }),
    ...(isBoth ? [exclusive([...path, 'filters'], ['RequestRedirect', 'URLRewrite'])] : []),
  ];
}

const REWRITES = { ReplaceFullPath: 'replaceFullPath', ReplacePrefixMatch: 'replacePrefixMatch' };

const FILTER: Checks = {
  'requestRedirect.scheme': oneOf('http', 'https'),
  'requestRedirect.port': between(1, 65_535),
  'requestRedirect.path': fieldOfType(REWRITES),
  'urlRewrite.path': fieldOfType(REWRITES),
  requestMirror: single(['percent', 'fraction']),
  'requestMirror.percent': between(0, 100),
  'requestMirror.fraction': (value, path) => {
    const { numerator, denominator = 100 } = isRecord(value) ? value : {};
    return typeof numerator === 'number' && typeof denominator === 'number' && numerator > denominator
      ? [wrong([...path, 'numerator'], numerator, say('risks.ruleRange', { least: 0, most: denominator }))]
      : [];
  },
};

function oneFilter({ value, path }: Entry): Fault[] {
  const type = stringOf(value['type']) ?? '';
  const own = FILTERS[type];
  if (own === undefined) return oneOf(...Object.keys(FILTERS))(type, [...path, 'type']);
  const others = Object.values(FILTERS).filter(name => name !== own && has(value, name));
  const because = say('risks.besideType', { type });
  return [
    ...(has(value, own) ? [] : [absent([...path, own])]),
    ...others.map(name => forbidden([...path, name], because)),
    ...checked(value, FILTER, path),
  ];
}
