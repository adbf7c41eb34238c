import { describe, expect, test } from 'vitest';
import { parseRepository } from '../../src/repository/parse-repository.ts';
import { findSealTarget, requireScope, type SealQuestion } from '../../src/sealing/seal-target.ts';
import type { Scope } from '../../src/sealing/scope.ts';
import { repositoryText } from '../support/repository-text.ts';
import { thrown } from '../support/thrown.ts';

const DB = `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: db, namespace: wiki}
spec:
  encryptedData: {a: AgA==, b: AgB==, c: REPLACE_ME}
  template: {metadata: {name: db, namespace: wiki}}
`;

const REPOSITORY = parseRepository(
  repositoryText({
    'production/wiki/kustomization.yaml': 'namespace: wiki\nresources: [resources/db.yaml]\n',
    'production/wiki/resources/db.yaml': DB,
    'production/moved/kustomization.yaml': 'namespace: moved\nresources: [db.yaml]\n',
    'production/moved/db.yaml': DB,
    'production/plain/kustomization.yaml': 'resources: []\n',
    'production/twin/kustomization.yaml': 'namespace: twin\n',
    'dev/twin/kustomization.yaml': 'namespace: twin\n',
  }),
  ['production', 'dev'],
);

function find(question: Partial<SealQuestion>) {
  return findSealTarget(REPOSITORY, 'resources', {
    name: undefined,
    namespace: undefined,
    into: undefined,
    ...question,
  });
}

function into(file: string): SealQuestion['into'] {
  return { file, text: REPOSITORY.text.get(file) };
}

describe('where a Secret goes', () => {
  test('into the SealedSecret of its name, wherever in the app that is', () => {
    expect(find({ name: 'db', namespace: 'wiki' })).toMatchObject({
      file: 'production/wiki/resources/db.yaml',
      existing: { name: 'db' },
      identity: { namespace: 'wiki', name: 'db' },
    });
  });

  test('into a new file beside the others', () => {
    expect(find({ name: 'cache', namespace: 'wiki' })).toMatchObject({
      file: 'production/wiki/resources/cache-sealedsecret.yaml',
      existing: undefined,
    });
    expect(find({ name: 'x', namespace: 'plain' }).file).toBe(
      'production/plain/resources/x-sealedsecret.yaml',
    );
  });

  test('into the file asked for, with the namespace that kustomize gives it', () => {
    expect(find({ name: 'x', into: { file: 'production/wiki/new.yaml', text: undefined } }).identity).toEqual(
      {
        namespace: 'wiki',
        name: 'x',
      },
    );
    expect(find({ into: into('production/moved/db.yaml') }).identity).toEqual({
      namespace: 'moved',
      name: 'db',
    });
  });

  test.each([
    ['nobody has the namespace', { name: 'x', namespace: 'nowhere' }, 'E_NO_APP'],
    ['two apps have it', { name: 'x', namespace: 'twin' }, 'E_MISSING'],
    ['S12 no namespace', { name: 'x' }, 'E_MISSING'],
    ['no name', { namespace: 'wiki' }, 'E_MISSING'],
    ['a new file, no name', { into: { file: 'production/wiki/new.yaml', text: undefined } }, 'E_MISSING'],
    [
      'another namespace than kustomize’s',
      { name: 'db', namespace: 'x', into: into('production/wiki/resources/db.yaml') },
      'E_SCOPE',
    ],
    [
      'a file without a SealedSecret',
      { into: { file: 'production/wiki/x.yaml', text: 'kind: Secret\n' } },
      'E_SECRET',
    ],
    [
      'a file with two',
      { into: { file: 'x.yaml', text: `${DB}---\n${DB.replace('db', 'dc')}` } },
      'E_SECRET',
    ],
  ] as [string, Partial<SealQuestion>, string][])('%s', (_, question, code) => {
    expect(thrown(() => find(question)).code).toBe(code);
  });
});

describe('scope', () => {
  const target = find({ into: into('production/wiki/resources/db.yaml') });
  const moved = find({ into: into('production/moved/db.yaml') });
  const fresh = find({ name: 'x', namespace: 'wiki' });
  const scope = (place: typeof target, keys: string[], asked?: Scope, annotated: Scope = 'strict'): Scope =>
    requireScope(place, { asked, annotated, keys });

  test('strict unless asked for, and a file keeps its own', () => {
    expect(scope(fresh, ['a'])).toBe('strict');
    expect(scope(fresh, ['a'], 'cluster-wide', 'namespace-wide')).toBe('cluster-wide');
    expect(scope(target, ['a'])).toBe('strict');
    expect(scope(target, ['a', 'b'], 'namespace-wide')).toBe('namespace-wide');
  });

  test('T14 an annotation alone does not widen it', () => {
    const error = thrown(() => scope(fresh, ['a'], undefined, 'cluster-wide'));
    expect([error.code, error.hint]).toEqual(['E_SCOPE', 'If that is meant, add --scope cluster-wide.']);
  });

  test('T14 another scope would lock the values that stay', () => {
    expect(thrown(() => scope(target, ['a'], 'namespace-wide')).message).toContain('would not open b');
  });

  test('S10 after a move all values must come in one run', () => {
    const error = thrown(() => scope(moved, ['a']));
    expect(error.message).toContain('was sealed for wiki/db and is now moved/db: b must be sealed again too');
    expect(scope(moved, ['a', 'b'])).toBe('strict');
  });

  test('S12 strict and namespace-wide need a namespace', () => {
    const nowhere = find({ name: 'x', into: { file: 'loose.yaml', text: undefined } });
    expect(thrown(() => scope(nowhere, ['a'])).code).toBe('E_MISSING');
    expect(scope(nowhere, ['a'], 'cluster-wide')).toBe('cluster-wide');
  });
});
