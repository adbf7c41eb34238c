import { display } from '../text/display.ts';
import { type ErrorCode, UserError } from '../errors.ts';
import { segmentProblem } from '../text/file-name.ts';
import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';

declare const brand: unique symbol;
type Branded<B extends string> = string & { readonly [brand]: B };

/** The folder of an app, which is its namespace too. */
export type AppName = Branded<'app'>;
export type ReleaseName = Branded<'release'>;
export type ChartName = Branded<'chart'>;
/** The first label of a host, `grafana` of `grafana.example.org`. */
export type HostLabel = Branded<'host label'>;
export type Host = Branded<'host'>;

export type Storage = { storageClass: string; size: string };
export type SecretRequest = { name: string; keys: string[] };
export type ServiceAddress = { service: string; port: number };

type Rule = {
  code: ErrorCode;
  what: Text;
  pattern: RegExp;
  max: number;
  text: Text;
  /** Whether the nearest name is told. */
  isNearest?: boolean;
};

const LABEL = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const LABEL_TEXT = say('repository.labelRule');
const SUBDOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);

const APP: Rule = {
  code: 'E_NAME',
  what: say('repository.anAppName'),
  pattern: new RegExp(`^${LABEL}$`),
  max: 63,
  text: say('repository.atMostCharacters', { rule: LABEL_TEXT, most: 63 }),
  isNearest: true,
};

// Helm allows 53, so that 10 of the 63 characters of a Kubernetes name are left to the chart.
const RELEASE: Rule = {
  code: 'E_NAME',
  what: say('repository.aReleaseName'),
  pattern: SUBDOMAIN,
  max: 53,
  text: say('repository.labelsByDots', { rule: LABEL_TEXT, most: 53 }),
};

const CHART: Rule = {
  code: 'E_NAME',
  what: say('repository.aChartName'),
  pattern: /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/,
  max: 250,
  text: say('repository.chartNameRule'),
};

const HOST_LABEL: Rule = {
  code: 'E_VALUE',
  what: say('repository.theFirstPartOfHost'),
  pattern: new RegExp(`^${LABEL}$`),
  max: 63,
  text: say('repository.atMostCharacters', { rule: LABEL_TEXT, most: 63 }),
};

const HOST: Rule = {
  code: 'E_VALUE',
  what: say('repository.aHost'),
  pattern: new RegExp(`^(?!\\d+(?:\\.\\d+)*$)(?!.*[^.]{64})${LABEL}(?:\\.${LABEL})*$`),
  max: 253,
  text: say('repository.hostRule', { rule: LABEL_TEXT }),
};

/** The name of an app's folder and namespace: a DNS label that every file system can store. */
export function parseAppName(input: string): AppName {
  return portable(input, APP) as AppName;
}

/** The name of a cluster, of a group of them, or of a folder: a part of paths as an app's is. @throws UserError E_NAME */
export function parseClusterPart(input: string, what: Text): string {
  return portable(input, { ...APP, what });
}

/** Namespaces that every cluster has. */
const OF_CLUSTERS = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);

/** An app has its namespace to itself: it is made with the app, and may go with it. @throws UserError E_NAME */
export function requireOwnNamespace(name: string): void {
  if (!OF_CLUSTERS.has(name)) return;
  throw new UserError('E_NAME', say('repository.namespaceOfCluster', { name }), {
    hint: say('repository.otherNameThanCluster'),
    subject: name,
  });
}

/** The API server takes only names that begin with a letter for Services (RFC 1035). @throws UserError E_NAME */
export function requireServiceName(input: string): void {
  follow(input, {
    ...APP,
    what: say('repository.aServiceName'),
    pattern: /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/,
    text: say('repository.serviceNameRule'),
  });
}

/** A Helm release name. */
export function parseReleaseName(input: string): ReleaseName {
  return follow(input, RELEASE) as ReleaseName;
}

/** The name of a chart as asked for; that of a downloaded chart is checked with `isChartName`. */
export function parseChartName(input: string): ChartName {
  return portable(input, CHART) as ChartName;
}

/** Whether a chart's own name can be part of a path and of an argument. */
export function isChartName(name: string): name is ChartName {
  return name.length <= CHART.max && CHART.pattern.test(name) && segmentProblem(name) === undefined;
}

/**
 * One label of a host name, in lower case.
 * @throws UserError E_VALUE
 */
export function parseHostLabel(input: string): HostLabel {
  return follow(input, HOST_LABEL) as HostLabel;
}

/**
 * A whole host name, in lower case.
 * @throws UserError E_VALUE
 */
export function parseHost(input: string): Host {
  return follow(input, HOST) as Host;
}

/** A port number, 1 to 65535. */
export function parsePort(input: string): number {
  const port = /^[1-9]\d{0,4}$/.test(input) ? Number(input) : 0;
  if (port < 1 || port > 65_535)
    throw refused('E_VALUE', input, say('repository.aPort'), say('repository.portRule'));
  return port;
}

const STORAGE_TEXT = say('repository.storageRule');

/** `<class>:<size>`; the size is a Kubernetes quantity with a unit. */
export function parseStorage(input: string): Storage {
  const [storageClass = '', size = '', ...more] = input.split(':');
  const rightSize =
    /^\d{1,15}(?:\.\d{1,9})?(?:[KMGTPE]i|[kMGTPE])$/.test(size) && Number.parseFloat(size) > 0;
  if (more.length > 0 || !isSubdomain(storageClass) || !rightSize)
    throw refused('E_VALUE', input, say('repository.storage'), STORAGE_TEXT);
  return { storageClass, size };
}

/** `<service>:<port>`. */
export function parseServicePort(input: string): ServiceAddress {
  const [service = '', port, ...more] = input.split(':');
  if (port === undefined || more.length > 0 || service.length > 63 || !APP.pattern.test(service))
    throw refused('E_VALUE', input, say('repository.aService'), say('repository.servicePortRule'));
  return { service, port: parsePort(port) };
}

// `..` at the start of a key cannot be mounted as a file.
const SECRET_KEY = /^(?!\.{1,2}$)(?!\.\.)(?!__proto__$)[-._a-zA-Z0-9]{1,253}$/;

/** A key of a Secret. @throws UserError E_VALUE */
export function parseSecretKey(input: string): string {
  if (SECRET_KEY.test(input)) return input;
  const rule = say('repository.secretKeyRule');
  throw refused('E_VALUE', input, say('repository.aKeyOfSecret'), rule);
}

/** The name of a Secret and of most objects: a DNS subdomain. */
export function parseObjectName(input: string): string {
  if (isSubdomain(input)) return input;
  throw refused(
    'E_NAME',
    input,
    say('repository.anObjectName'),
    say('repository.labelsByDots', { rule: LABEL_TEXT, most: 253 }),
  );
}

/** A namespace: a DNS label. */
export function parseNamespace(input: string): string {
  return follow(input, { ...APP, what: say('repository.aNamespace') });
}

/** `<name>:key,key`: a Secret and the keys that it will hold. */
export function parseSecret(input: string): SecretRequest {
  const [name = '', list = '', ...more] = input.split(':');
  const keys = list.split(',');
  const text = say('repository.secretRule');
  if (more.length > 0 || !isSubdomain(name) || !keys.every(key => SECRET_KEY.test(key)))
    throw refused('E_VALUE', input, say('repository.aSecret'), text);
  if (new Set(keys).size < keys.length)
    throw refused('E_VALUE', input, say('repository.aSecret'), say('repository.eachKeyOnce'));
  return { name, keys };
}

function isSubdomain(name: string): boolean {
  return name.length <= 253 && SUBDOMAIN.test(name);
}

function portable(input: string, rule: Rule): string {
  const problem = follow(input, rule) && segmentProblem(input);
  if (problem === undefined) return input;
  throw new UserError(
    rule.code,
    say('repository.cannotBeBecause', { input: display(input), what: rule.what, problem }),
  );
}

function follow(input: string, rule: Rule): string {
  if (input.length > rule.max || !rule.pattern.test(input))
    throw refused(rule.code, input, rule.what, rule.text, rule.isNearest ? nameLike(input) : undefined);
  return input;
}

function refused(code: ErrorCode, input: string, what: Text, rule: Text, such?: string): UserError {
  return new UserError(code, say('repository.cannotBe', { input: display(input), what }), {
    hint:
      such === undefined ? say('repository.give', { rule }) : say('repository.giveSuchAs', { rule, such }),
  });
}

/** What was probably meant, as a name that both a namespace and a Service can have; undefined where nothing is left of it. */
function nameLike(input: string): string | undefined {
  const letters = input
    .slice(0, 256)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(part => part !== '');
  const name = letters.join('-');
  const whole = /^\d/.test(name) ? `app-${name}` : name;
  return name !== '' && whole.length <= APP.max ? whole : undefined;
}
