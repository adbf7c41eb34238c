import type { TestChart } from './chart-repository.ts';
import { makeRepository } from './repository.ts';

/**
 * A chart whose values do all that values can do: change what is rendered, directly and through a template's variable; nothing,
 * because a switch is off; nothing each but something both; a Secret is random. 1.1.0 renames a block, no longer reads a
 * default that it keeps, and reads one that slept.
 */
const OLD = {
  'values.yaml': `replicas: 1
text:
  greeting: hello
cache:
  size: 10
debug:
  enabled: false
  level: info
first: 0
second: 0
ingress:
  enabled: false
  host: shop.example.org
`,
  'templates/all.yaml': `{{- $text := .Values.text -}}
apiVersion: v1
kind: ConfigMap
metadata: { name: shop }
data:
  replicas: {{ .Values.replicas | quote }}
  greeting: {{ $text.greeting }}
  tone: {{ $text.tone | default "plain" }}
  cache: {{ .Values.cache.size | quote }}
  either: {{ or .Values.first .Values.second | quote }}
{{- if .Values.debug.enabled }}
  level: {{ .Values.debug.level }}
{{- end }}
---
apiVersion: v1
kind: Secret
metadata: { name: shop }
data:
  password: {{ randAlphaNum 20 | b64enc }}
{{- if .Values.ingress.enabled }}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec: { rules: [{ host: {{ .Values.ingress.host }} }] }
{{- end }}
`,
};

const NEW = {
  'values.yaml': OLD['values.yaml'].replace('ingress:', 'routing:'),
  'templates/all.yaml': OLD['templates/all.yaml']
    .replaceAll('.Values.ingress', '.Values.routing')
    .replace('  cache: {{ .Values.cache.size | quote }}\n', '')
    .replace('{{- if .Values.debug.enabled }}\n', '')
    .replace('debug.level }}\n{{- end }}', 'debug.level }}'),
};

/** Both versions. */
export function proofCharts(): TestChart[] {
  return [
    { name: 'shop', version: '1.0.0', files: OLD },
    { name: 'shop', version: '1.1.0', files: NEW },
  ];
}

/** A team's copy of the old defaults with a line of its own for everything, and one that nothing knows. */
const OURS = OLD['values.yaml']
  .replace('replicas: 1', 'replicas: 3')
  .replace('greeting: hello', 'greeting: hi\n  tone: warm')
  .replace('size: 10', 'size: 20')
  .replace('level: info', 'level: trace')
  .replace('first: 0', 'first: 7')
  .replace('second: 0', 'second: 7')
  .replace('enabled: false\n  host: shop.example.org', 'enabled: true\n  host: shop.example.com')
  .concat('gone: 1\n');

/** A repository with that app, `more` being files beside. */
export function proofRepository(url: string, more: Record<string, string> = {}): string {
  return makeRepository({
    'production/shop/kustomization.yaml': `namespace: shop\nhelmCharts:\n  - name: shop\n    repo: ${url}\n    version: 1.0.0\n    releaseName: shop\n    namespace: shop\n    valuesFile: values/shop-1.0.0.yaml\n`,
    'production/shop/values/shop-1.0.0.yaml': OURS,
    ...more,
  });
}
