import { isRecord, stringOf, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import { between, checked, type Checks, fieldOfType, forbidden, has, noneOf, oneOf } from './checks.ts';
import {
  absent,
  type Body,
  dotted,
  doubles,
  entriesAt,
  type Entry,
  exclusive,
  type Fault,
  seconds,
  sectionFaults,
  tooMany,
  wrong,
} from './fault.ts';

const MOST_LISTENERS = 64;

/** The rules that stand in the definition of a Gateway, beyond its schema. */
export function gatewayFaults(body: Body): Fault[] {
  const [address] = seconds(
    entriesAt(body, ['spec', 'addresses']).filter(({ value }) => has(value, 'value')),
    ({ type = 'IPAddress', value }) => `${String(type)} ${String(value)}`,
  );
  return [
    ...listenersFaults(body),
    ...(address ? [{ path: address.path, fact: say('risks.nameTwice', { name: address.key }) }] : []),
  ];
}

/** The rules for the listeners of a Gateway, and for those of a ListenerSet, which may leave the port out. */
export function listenersFaults(body: Body): Fault[] {
  const listeners = entriesAt(body, ['spec', 'listeners']);
  const placeOf = ({ port, protocol, hostname }: Body): string =>
    `${String(port)} ${String(protocol)} ${stringOf(hostname) ?? ''}`.trim();
  const [second] = seconds(
    listeners.filter(({ value }) => has(value, 'port')),
    placeOf,
  );
  return [
    ...tooMany(['spec', 'listeners'], listeners.length, MOST_LISTENERS),
    ...doubles(listeners, ({ name }) => String(name), 'spec.listeners'),
    ...(second ? [{ path: second.path, fact: say('risks.listenerTwice', { place: second.key }) }] : []),
    ...listeners.slice(0, MOST_LISTENERS).flatMap(listenerFaults),
  ];
}

const MOST_TARGETS = 16;

/** The rules for a BackendTLSPolicy: which Service, and by which authority its certificate is judged. */
export function backendTlsFaults(body: Body): Fault[] {
  const path = ['spec', 'validation'];
  const validation = valueAt(body, path);
  const given = AUTHORITIES.filter(name => isGiven(valueAt(validation, [name])));
  return [
    ...sectionFaults(entriesAt(body, ['spec', 'targetRefs']).slice(0, MOST_TARGETS), ['sectionName']),
    ...(given.length > 1 ? [exclusive(path, given)] : []),
    ...(isRecord(validation) && given.length === 0 ? [noneOf(path, AUTHORITIES)] : []),
    ...entriesAt(validation, ['subjectAltNames'], path)
      .slice(0, MOST_TARGETS)
      .flatMap(({ value, path: at }) => fieldOfType(ALTERNATIVE_NAMES)(value, at)),
  ];
}

const AUTHORITIES = ['caCertificateRefs', 'wellKnownCACertificates'];
const ALTERNATIVE_NAMES = { Hostname: 'hostname', URI: 'uri' };

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : (stringOf(value) ?? '') !== '';
}

const LISTENER: Checks = {
  port: between(1, 65_535),
  'tls.mode': oneOf('Terminate', 'Passthrough'),
  'allowedRoutes.namespaces.from': oneOf('All', 'Same', 'Selector', 'None'),
};

function listenerFaults({ value, path }: Entry): Fault[] {
  const { protocol, hostname } = value;
  const isNameless = (protocol === 'TCP' || protocol === 'UDP') && (stringOf(hostname) ?? '') !== '';
  return [
    ...checked(value, LISTENER, path),
    ...(isNameless ? [forbidden([...path, 'hostname'], say('risks.besideProtocol', { protocol }))] : []),
    ...secureFaults({ value, path }),
  ];
}

function secureFaults({ value, path }: Entry): Fault[] {
  const { protocol, tls } = value;
  const at = [...path, 'tls'];
  if (!isRecord(tls)) return protocol === 'TLS' ? [absent(at)] : [];
  const mode = stringOf(tls['mode']) ?? 'Terminate';
  if (protocol === 'HTTPS' && mode !== 'Terminate')
    return [wrong([...at, 'mode'], mode, say('risks.ruleOneOf', { choices: 'Terminate' }))];
  if (protocol === 'HTTP' || protocol === 'TCP' || protocol === 'UDP')
    return [{ path: at, fact: say('risks.noTlsHere', { path: dotted(at), protocol }) }];
  const hasCertificate = entriesAt(tls, ['certificateRefs']).length > 0 || isRecord(tls['options']);
  return mode === 'Terminate' && !hasCertificate ? [absent([...at, 'certificateRefs'])] : [];
}

/** X.509 has no room for more; cert-manager refuses it too. */
const MOST_COMMON_NAME = 64;

/** What cert-manager refuses in a Certificate, beyond its schema. */
export function certificateFaults(body: Body): Fault[] {
  const path = ['spec', 'commonName'];
  const count = (stringOf(valueAt(body, path)) ?? '').length;
  const args = { path: dotted(path), count, most: MOST_COMMON_NAME };
  return count > MOST_COMMON_NAME ? [{ path, fact: say('risks.tooLong', args) }] : [];
}
