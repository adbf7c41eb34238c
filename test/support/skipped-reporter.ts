import type { TestModule } from 'vitest/node';
import { findTool } from './tools.js';

const TOOLS = [
  'helm',
  'kustomize',
  'kubeconform',
  'actionlint',
  'registry',
  'kubeseal',
  'unseal',
  'readyaml',
];

/** A green run that left tests out says so at its end, where it is read, and what they would have needed. */
export class SkippedReporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules
      .map(module => [...module.children.allTests('skipped')].length)
      .filter(count => count > 0);
    const absent = TOOLS.filter(name => !findTool(name));
    if (skipped.length === 0 || absent.length === 0) return;
    const tests = skipped.reduce((sum, count) => sum + count, 0);
    process.stderr.write(
      `\n!!! NOT TESTED: ${tests} tests of ${skipped.length} files, since ${absent.join(', ')} are neither on PATH nor in .tools/bin.\n` +
        `!!! Install Go and run: npm run tools\n\n`,
    );
  }
}
