import { displayBlock } from '../../../text/display.ts';
import type { Finding } from '../finding.ts';
import { say } from '../../../locales/say.ts';
import { sayUnreadKind } from '../../../repository/unread/say-unread.ts';
import type { CheckReport } from './report.ts';

/** JUnit XML, for GitLab's test report: one test for each finding, one that passes where there is none, and one that is skipped for what was not looked at. */
export function renderJunit({ findings, summary: { apps, unread } }: CheckReport): string {
  const serious = findings.filter(({ severity }) => severity !== 'note');
  const skipped = [
    ...unread.map(each =>
      skippedCase(`not read: ${each.kind}`, `${sayUnreadKind(each).en} (first: ${each.first})`),
    ),
    ...(apps === 0 ? [skippedCase('check', say('check.noApps').en)] : []),
  ];
  const passed = '    <testcase classname="slipway" name="check"/>';
  const cases = [...(findings.length === 0 && apps > 0 ? [passed] : findings.map(renderCase)), ...skipped];
  const counts = `tests="${cases.length}" failures="${serious.length}" skipped="${skipped.length}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="slipway check" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

/** JUnit's own word for what was not run. */
function skippedCase(name: string, message: string): string {
  return `    <testcase classname="slipway" name="${escape(name)}"><skipped message="${escape(message)}"/></testcase>`;
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
