import { changesJson } from '../../../change-set.ts';
import type { CheckReport } from './report.ts';
import { jsonDocument } from '../../../cli/run-end.ts';

/** The document of `--json`; sentences in English, whatever the language of the run. */
export function renderJson({
  findings,
  summary: { templates, unread, charts, notRendered, notAsked, apart = 0, ...counts },
  changes,
  left,
  end,
  shard,
}: CheckReport): string {
  const body = {
    findings: findings.map(({ code, severity, file, line, column, message, hint, fixable }) => ({
      code,
      severity,
      file,
      line,
      column,
      message: message.en,
      hint: hint.en,
      fixable,
    })),
    summary: {
      ...counts,
      charts,
      ...(templates === 0 ? {} : { templates }),
      ...(notRendered === undefined ? {} : { notRendered }),
      ...(notAsked === 0 ? {} : { notAsked }),
      ...(apart === 0 ? {} : { apart }),
    },
    unread,
    changes: changesJson({ changes }),
    left: left.map(({ file, reason }) => ({ file, reason: reason.en })),
    ...(shard === undefined ? {} : { shard }),
  };
  return jsonDocument(1, body, end);
}
