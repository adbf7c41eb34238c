import { describe, expect, test } from 'vitest';
import {
  isChartName,
  parseAppName,
  parseChartName,
  parseHost,
  parseHostLabel,
  parsePort,
  parseReleaseName,
  parseSecret,
  parseServicePort,
  parseStorage,
} from '../../src/repository/names.ts';
import { thrown } from '../support/thrown.ts';

// What no answer may carry into YAML, a path or a shell.
const INJECTIONS = [
  'a"b',
  "a'b",
  'a: b',
  'a #b',
  'a\nb',
  '{{ a }}',
  '${a}',
  '$(id)',
  '`id`',
  'a b',
  'a\u001b[31m',
  'a/b',
  'a\\b',
];

const H01 = [
  '../x',
  '/abs',
  'a/b',
  '.',
  '..',
  '.git',
  '.github',
  '',
  'a'.repeat(64),
  'A',
  'é',
  '-x',
  'x-',
  'a\nb',
  'a_b',
];
const H02 = ['CON', 'con', 'aux', 'nul.txt', 'COM¹', 'com1', 'lpt9', 'a.', 'a ', 'a:b', '__proto__', 'ａ'];

describe('app names', () => {
  test.each(H01)('H01 %j is refused with the rule', input => {
    const error = thrown(() => parseAppName(input));
    expect(error.code).toBe('E_NAME');
    expect(error.hint).toContain('at most 63 characters');
  });
  test.each(H02)('H02 %j is refused on every system', input => {
    expect(thrown(() => parseAppName(input)).code).toBe('E_NAME');
  });
  test.each(['grafana', 'a', '9', 'k8s-monitoring', 'a'.repeat(63), 'console', 'com10'])(
    '%s is one',
    input => {
      expect(parseAppName(input)).toBe(input);
    },
  );
});

describe('release names', () => {
  test.each(['grafana', 'a.b-c', 'a'.repeat(53)])('%s is one', input => {
    expect(parseReleaseName(input)).toBe(input);
  });
  test.each(['', 'a'.repeat(54), 'a..b', '-a', 'a-', 'A', 'a_b'])('%j is none', input => {
    expect(thrown(() => parseReleaseName(input)).hint).toContain('at most 53 characters');
  });
});

describe('chart names', () => {
  test.each(['kube-prometheus-stack', 'k8s_gateway', 'app.v2', '1password-connect'])('%s is one', input => {
    expect(parseChartName(input)).toBe(input);
    expect(isChartName(input)).toBe(true);
  });
  test.each([
    '.',
    '..',
    'a/b',
    'CON',
    'con',
    'nul.yaml',
    '-rf',
    '--help',
    '$(id)',
    'a'.repeat(254),
    'Grafana',
    '',
    'a.',
    'a\u0000',
  ])('A27 %j is none', input => {
    expect(thrown(() => parseChartName(input)).code).toBe('E_NAME');
    expect(isChartName(input)).toBe(false);
  });
});

describe('hosts', () => {
  test.each(['grafana', 'a', 'a-1', '0'])('%s is a label', input => {
    expect(parseHostLabel(input)).toBe(input);
  });
  test.each(['', 'a.b', '-a', 'A', 'a'.repeat(64), '*'])('%j is no label', input => {
    expect(thrown(() => parseHostLabel(input)).code).toBe('E_VALUE');
  });
  test.each(['grafana.example.org', 'localhost', `${'a'.repeat(63)}.org`, '1.example.org'])(
    '%s is a host',
    input => {
      expect(parseHost(input)).toBe(input);
    },
  );
  test.each([
    '',
    'a..b',
    'a.b.',
    '.a',
    '10.0.0.1',
    '10',
    '*.a.b',
    'a.b:443',
    'https://a.b',
    `${'a'.repeat(64)}.org`,
    'a.'.repeat(127),
  ])('%j is no host', input => {
    expect(thrown(() => parseHost(input)).code).toBe('E_VALUE');
  });
});

describe('ports', () => {
  test.each([
    ['1', 1],
    ['8080', 8080],
    ['65535', 65_535],
  ])('%s', (input, port) => {
    expect(parsePort(input)).toBe(port);
  });
  test.each(['', '0', '65536', '-1', '080', '8080 ', '1e3', '0x50', '８０', '80/tcp'])(
    '%j is none',
    input => {
      expect(thrown(() => parsePort(input)).code).toBe('E_VALUE');
    },
  );
});

describe('storage', () => {
  test.each([
    ['ceph-block:10Gi', { storageClass: 'ceph-block', size: '10Gi' }],
    ['a.b:0.5T', { storageClass: 'a.b', size: '0.5T' }],
  ])('%s', (input, expected) => {
    expect(parseStorage(input)).toEqual(expected);
  });
  test.each([
    '',
    'ceph-block',
    'ceph-block:',
    ':10Gi',
    'ceph-block:10',
    'ceph-block:0Gi',
    'a:-1Gi',
    'a:1Gi:b',
    'A:1Gi',
    'a:1gi',
    'a:1 Gi',
  ])('%j is none', input => {
    expect(thrown(() => parseStorage(input)).hint).toContain('<class>:<size>');
  });
});

describe('services', () => {
  test('name and port', () => {
    expect(parseServicePort('grafana:3000')).toEqual({ service: 'grafana', port: 3000 });
  });
  test.each(['grafana', 'grafana:', ':80', 'a:b', 'a:1:2', 'A:1', 'a:99999'])('%j is none', input => {
    expect(thrown(() => parseServicePort(input)).code).toBe('E_VALUE');
  });
});

describe('secrets', () => {
  test('name and keys', () => {
    expect(parseSecret('grafana-admin:user,pass_word,tls.crt')).toEqual({
      name: 'grafana-admin',
      keys: ['user', 'pass_word', 'tls.crt'],
    });
  });
  test.each([
    '',
    'a',
    'a:',
    ':b',
    'a:b,',
    'a:b,b',
    'A:b',
    'a:b c',
    'a:../x',
    'a:..',
    'a:.',
    'a:..x',
    'a:__proto__',
    `a:${'k'.repeat(254)}`,
    'a:b:c',
    'a:b=1',
  ])('S19 %j is refused', input => {
    expect(thrown(() => parseSecret(input)).code).toBe('E_VALUE');
  });
});

describe.each([
  ['app', parseAppName],
  ['release', parseReleaseName],
  ['chart', parseChartName],
  ['host label', parseHostLabel],
  ['host', parseHost],
  ['port', parsePort],
  ['storage', (text: string) => parseStorage(`${text}:1Gi`)],
  ['storage size', (text: string) => parseStorage(`a:${text}`)],
  ['service', (text: string) => parseServicePort(`${text}:80`)],
  ['secret', (text: string) => parseSecret(`${text}:key`)],
  ['secret key', (text: string) => parseSecret(`name:${text}`)],
])('%s', (_, parse) => {
  test.each(INJECTIONS)('H03 %j is refused, and shown without control characters', input => {
    const error = thrown(() => parse(input));
    expect(error.exit).toBe(2);
    expect(error.message).not.toMatch(/[\n\u001b]/);
  });
});

test.each([
  ['My_App', 'my-app'],
  ['-web-', 'web'],
  ['123!', 'app-123'],
  ['Ärger', 'rger'],
])('a name near %s is told', (input, such) => {
  expect(() => parseAppName(input)).toThrow(
    expect.objectContaining({ hint: expect.stringContaining(`: ${such}, for example`) }),
  );
});

test.each(['…', 'x'.repeat(64)])('nothing is made of %s', input => {
  expect(() => parseAppName(input)).toThrow(
    expect.objectContaining({ hint: expect.not.stringContaining('example') }),
  );
});
