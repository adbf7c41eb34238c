import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, writeFiles } from './repository.ts';
import { findTool } from './tools.js';

test.runIf(findTool('helm'))(
  'helm renders for the Kubernetes of its release, as one that is downloaded',
  () => {
    const chart = path.join(makeFolder(), 'asks');
    writeFiles(chart, {
      'Chart.yaml': 'apiVersion: v2\nname: asks\nversion: 1.0.0\n',
      'templates/all.yaml': 'kube: {{ .Capabilities.KubeVersion.Version }}\n',
    });
    const rendered = execFileSync(findTool('helm') ?? 'helm', ['template', chart], { encoding: 'utf8' });
    const [, minor] = /^kube: v1\.(\d+)\.0$/m.exec(rendered) ?? [];
    // Of a helm that is only compiled it is 20.
    expect(Number(minor)).toBeGreaterThanOrEqual(34);
  },
);
