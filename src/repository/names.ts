import { display } from '../text/display.ts';
import { type ErrorCode, UserError } from '../errors.ts';
import { segmentProblem } from '../text/file-name.ts';
import { say } from '../locales/say.ts';

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
export type ServicePort = { service: string; port: number };

type Rule = { code: ErrorCode; what: string; pattern: RegExp; max: number; text: string };

const LABEL = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const LABEL_TEXT = 'lower-case letters, digits and "-", with a letter or digit at both ends';
const SUBDOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);

const APP: Rule = {
  code: 'E_NAME',
  what: 'an app name',
  pattern: new RegExp(`^${LABEL}$`),
  max: 63,
  text: `${LABEL_TEXT}, at most 63 characters`,
};

// Helm allows 53, so that 10 of the 63 characters of a Kubernetes name are left to the chart.
const RELEASE: Rule = {
  code: 'E_NAME',
  what: 'a release name',
  pattern: SUBDOMAIN,
  max: 53,
  text: `${LABEL_TEXT}, parts separated by ".", at most 53 characters`,
};

const CHART: Rule = {
  code: 'E_NAME',
  what: 'a chart name',
  pattern: /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/,
  max: 250,
  text: 'lower-case letters, digits, "-", "_" and ".", with a letter or digit at both ends, at most 250 characters',
};

const HOST_LABEL: Rule = {
  code: 'E_VALUE',
  what: 'the first part of a host',
  pattern: new RegExp(`^${LABEL}$`),
  max: 63,
  text: `${LABEL_TEXT}, at most 63 characters`,
};

const HOST: Rule = {
  code: 'E_VALUE',
  what: 'a host',
  pattern: new RegExp(`^(?!\\d+(?:\\.\\d+)*$)(?!.*[^.]{64})${LABEL}(?:\\.${LABEL})*$`),
  max: 253,
  text: `parts separated by ".", each of ${LABEL_TEXT} and at most 63 characters; no address, no port`,
};

/** The name of an app's folder and namespace: a DNS label that every file system can store. */
export function parseAppName(input: string): AppName {
  return portable(input, APP) as AppName;
}

/** The API server takes only names that begin with a letter for Services (RFC 1035). @throws UserError E_NAME */
export function requireServiceName(input: string): void {
  follow(input, {
    ...APP,
    what: 'the name of a Service, which an app of an image gets',
    pattern: /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/,
    text: 'lower-case letters, digits and "-", beginning with a letter, at most 63 characters',
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

export function parseHostLabel(input: string): HostLabel {
  return follow(input, HOST_LABEL) as HostLabel;
}

export function parseHost(input: string): Host {
  return follow(input, HOST) as Host;
}

/** A port number, 1 to 65535. */
export function parsePort(input: string): number {
  const port = /^[1-9]\d{0,4}$/.test(input) ? Number(input) : 0;
  if (port < 1 || port > 65_535) throw refused('E_VALUE', input, 'a port', 'a number from 1 to 65535');
  return port;
}

const STORAGE_TEXT = '<class>:<size>, such as ceph-block:10Gi';

/** `<class>:<size>`; the size is a Kubernetes quantity with a unit. */
export function parseStorage(input: string): Storage {
  const [storageClass = '', size = '', ...more] = input.split(':');
  const rightSize =
    /^\d{1,15}(?:\.\d{1,9})?(?:[KMGTPE]i|[kMGTPE])$/.test(size) && Number.parseFloat(size) > 0;
  if (more.length > 0 || !isSubdomain(storageClass) || !rightSize)
    throw refused('E_VALUE', input, 'storage', STORAGE_TEXT);
  return { storageClass, size };
}

/** `<service>:<port>`. */
export function parseServicePort(input: string): ServicePort {
  const [service = '', port = '', ...more] = input.split(':');
  if (more.length > 0 || service.length > 63 || !APP.pattern.test(service))
    throw refused('E_VALUE', input, 'a service', '<name>:<port>, such as grafana:3000');
  return { service, port: parsePort(port) };
}

// `..` at the start of a key cannot be mounted as a file.
const SECRET_KEY = /^(?!\.{1,2}$)(?!\.\.)(?!__proto__$)[-._a-zA-Z0-9]{1,253}$/;

/** A key of a Secret. @throws UserError E_VALUE */
export function parseSecretKey(input: string): string {
  if (SECRET_KEY.test(input)) return input;
  const rule = 'letters, digits, "-", "_" and ".", at most 253, not beginning with ".."';
  throw refused('E_VALUE', input, 'a key of a Secret', rule);
}

/** The name of a Secret and of most objects: a DNS subdomain. */
export function parseObjectName(input: string): string {
  if (isSubdomain(input)) return input;
  throw refused(
    'E_NAME',
    input,
    'an object name',
    `${LABEL_TEXT}, parts separated by ".", at most 253 characters`,
  );
}

/** A namespace: a DNS label. */
export function parseNamespace(input: string): string {
  return follow(input, { ...APP, what: 'a namespace' });
}

/** `<name>:key,key`: a Secret and the keys that it will hold. */
export function parseSecret(input: string): SecretRequest {
  const [name = '', list = '', ...more] = input.split(':');
  const keys = list.split(',');
  const text = '<name>:<key>,<key>: a Kubernetes name, then keys of letters, digits, "-", "_" and "."';
  if (more.length > 0 || !isSubdomain(name) || !keys.every(key => SECRET_KEY.test(key)))
    throw refused('E_VALUE', input, 'a secret', text);
  if (new Set(keys).size < keys.length) throw refused('E_VALUE', input, 'a secret', 'each key once');
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
    say('repository.cannot', { input: display(input), what: rule.what, problem }),
  );
}

function follow(input: string, rule: Rule): string {
  if (input.length > rule.max || !rule.pattern.test(input))
    throw refused(rule.code, input, rule.what, rule.text);
  return input;
}

function refused(code: ErrorCode, input: string, what: string, rule: string): UserError {
  return new UserError(code, say('repository.cannot2', { input: display(input), what }), {
    hint: say('repository.give', { rule }),
  });
}
