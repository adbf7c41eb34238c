import { displayBlock } from '../../../text/display.ts';
import type { Finding } from '../finding.ts';
import type { CheckReport } from './report.ts';

/** JUnit XML, for GitLab's test report: one test for each finding, and one that passes where there is none. */
export function renderJunit({ findings }: CheckReport): string {
  const serious = findings.filter(({ severity }) => severity !== 'note');
  const cases =
    findings.length === 0 ? ['    <testcase classname="slipway" name="check"/>'] : findings.map(renderCase);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${cases.length}" failures="${serious.length}">`,
    `  <testsuite name="slipway check" tests="${cases.length}" failures="${serious.length}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

function renderCase({ code, severity, file, line, column, message, hint }: Finding): string {
  const head = `    <testcase classname="${escape(file)}" name="${escape(`${code} (line ${line})`)}" file="${escape(file)}"`;
  if (severity === 'note') return `${head}><system-out>${escape(message.en)}</system-out></testcase>`;
  const place = `${file}:${line}:${column}`;
  return `${head}><failure type="${severity}" message="${escape(message.en)}">${escape(`${place}\n${hint.en}`)}</failure></testcase>`;
}

/** XML 1.0 has no control characters at all; those that hide are shown as what they are. */
function escape(text: string): string {
  return displayBlock(text)
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
