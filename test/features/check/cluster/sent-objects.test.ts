import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { inNamespace, sentObjects, streamOf } from '../../../../src/features/check/cluster/sent-objects.ts';

const OUTPUT =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\napiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: b}, data: {odd: "\\x7f\\u0085\\u2028\\ufeff ü"}}\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}';

test('a stream begins as YAML does, whatever comes first, and holds every object as it was', () => {
  const [first, ...others] = sentObjects(OUTPUT);
  const moved = first === undefined ? [] : [inNamespace(first, 'default')];
  for (const sent of [[...moved, ...others], [...others, ...moved], others]) {
    const text = streamOf(sent);
    expect(text).toMatch(/^---\n/);
    // As Go's YAML wants it.
    expect(text).not.toMatch(/[\u007f-\u009f\u2028\u2029\ufeff]/);
    const documents = [parseAllDocuments(text)].flat();
    expect(documents.map(document => document.toJS() as unknown)).toEqual(
      sent.map(({ manifest }) => manifest.body),
    );
  }
});
