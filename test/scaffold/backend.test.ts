import { describe, expect, test } from 'vitest';
import { plainToTls, rankBackends } from '../../src/scaffold/backend.ts';
import type { ServicePort } from '../../src/repository/rendered.ts';

function port(number: number, name?: string, appProtocol?: string): ServicePort {
  return { name, port: number, appProtocol };
}

function rank(ports: ServicePort[], speaker?: 'gateway' | 'client') {
  return rankBackends([{ name: 'web', headless: false, ports }], 'app', speaker);
}

describe('evidence is true', () => {
  test.each([
    [port(443, 'https'), ['its port is named https', 'it speaks TLS']],
    [port(80, 'http'), ['its port is named http', '80 is a usual HTTP port']],
    [port(8443, 'https-web'), ['its port is named https-web', 'it speaks TLS']],
    [port(8080, 'http-web'), ['its port is named http-web', '8080 is a usual HTTP port']],
    [port(7000, 'www', 'http'), ['its port is named www']],
    [port(7000, 'x', 'http'), ['its appProtocol is http']],
    [port(7000, 'x', 'https'), ['it speaks TLS']],
    [port(7000, 'x'), ['it is a Service of the app']],
  ])('%j', (each, reasons) => {
    expect(rank([each])[0]?.why.en).toBe(reasons.join(', '));
  });
});

test.each([
  [[port(443, 'https'), port(80, 'http')], 80, 443],
  [[port(443, 'https'), port(8081, 'http')], 8081, 443],
  [[port(8443, 'web', 'https'), port(8081, 'web')], 8081, 8443],
])('of %j the Gateway wants %i and a client behind a passthrough listener %i', (ports, plain, tls) => {
  expect(rank(ports)[0]?.port).toBe(plain);
  expect(rank(ports, 'client')[0]?.port).toBe(tls);
});

test.each<[ServicePort, boolean]>([
  [port(443, 'https'), true],
  [port(443), true],
  [port(8443, 'https-api'), true],
  [port(9000, 'api', 'https'), true],
  [port(9000, 'api', 'kubernetes.io/wss'), true],
  [port(443, 'https', 'http'), false],
  [port(443, 'h2c', 'kubernetes.io/h2c'), false],
  [port(80, 'http'), false],
])('a route to %j needs a word: %s', (each, needs) => {
  const notes = plainToTls([{ name: 'web', headless: false, ports: [each] }], {
    service: 'web',
    port: each.port,
  });
  expect(notes.map(({ en }) => en.includes('BackendTLSPolicy'))).toEqual(needs ? [true] : []);
});
