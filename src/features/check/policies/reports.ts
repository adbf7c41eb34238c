import { isRecord, recordsAt, stringOf, valueAt } from '../../../data/fields.ts';
import { parseJson } from '../../../data/json.ts';
import type { Severity } from '../../../repository/rule-level.ts';

/** What a policy says of an object, by the number of the object; `skipped` is what it could not judge. */
export type PolicyVerdict = {
  policy: string;
  object: number | undefined;
  severity: Severity;
  message: string;
  isSkipped: boolean;
};

/** What a report tells; `judged` are the policies that looked at anything. */
export type PolicyReport = { verdicts: PolicyVerdict[]; judged: ReadonlySet<string> };

/** Reads what `conftest test --output json` prints. Undefined for what is no such report. */
export function readConftest(text: string): PolicyReport | undefined {
  const report = parseJson(text);
  if (!Array.isArray(report)) return undefined;
  const results = recordsAt({ report }, ['report']);
  const verdicts = results.flatMap(result => {
    const object = numberOf(stringOf(result['filename']));
    const policy = stringOf(result['namespace']) ?? 'main';
    const of = (field: string, severity: Severity): PolicyVerdict[] =>
      recordsAt(result, [field]).map(each => ({
        policy: ruleOf(each, policy),
        object,
        severity,
        message: stringOf(each['msg']) ?? '',
        isSkipped: false,
      }));
    return [...of('failures', 'error'), ...of('warnings', 'warning')];
  });
  return { verdicts, judged: new Set(results.map(result => stringOf(result['namespace']) ?? 'main')) };
}

/** `main.deny_root` of the query `data.main.deny_root`. */
function ruleOf(failure: Record<string, unknown>, namespace: string): string {
  const query = stringOf(valueAt(failure, ['metadata', 'query'])) ?? '';
  const rule = /^data\.([\w.]{1,200})$/.exec(query)?.[1];
  return rule ?? namespace;
}

function numberOf(file: string | undefined): number | undefined {
  const number = /(?:^|\/)(\d{1,9})\.yaml$/.exec(file ?? '')?.[1];
  return number === undefined ? undefined : Number(number);
}

const SEVERITIES: Readonly<Record<string, Severity>> = {
  fail: 'error',
  warn: 'warning',
  error: 'error',
  skip: 'note',
};

/** An object as a report of Kyverno names it. */
export type NamedObject = { kind: string; name: string; namespace: string | undefined };

/**
 * Reads the report of `kyverno apply --policy-report --output-format json`; one for all, or a list of them.
 * Undefined for what is no such report.
 */
export function readKyverno(
  text: string,
  find: (object: NamedObject) => number | undefined,
): PolicyReport | undefined {
  const parsed = parseJson(text);
  const reports = Array.isArray(parsed) ? parsed.filter(isRecord) : isRecord(parsed) ? [parsed] : [];
  if (!reports.some(report => String(report['kind']).endsWith('Report'))) return undefined;
  const results = reports.flatMap(report => recordsAt(report, ['results']));
  const verdicts = results.flatMap((result): PolicyVerdict[] => {
    const outcome = stringOf(result['result']) ?? '';
    const severity = Object.hasOwn(SEVERITIES, outcome) ? SEVERITIES[outcome] : undefined;
    if (severity === undefined) return [];
    const [resource] = recordsAt(result, ['resources']);
    return [
      {
        policy: policyOf(result),
        object: resource && find(namedIn(resource)),
        severity,
        message: stringOf(result['message']) ?? '',
        isSkipped: outcome === 'error' || outcome === 'skip',
      },
    ];
  });
  return { verdicts, judged: new Set(results.map(result => stringOf(result['policy']) ?? '')) };
}

function namedIn(resource: Record<string, unknown>): NamedObject {
  return {
    kind: stringOf(resource['kind']) ?? '',
    name: stringOf(resource['name']) ?? '',
    namespace: stringOf(resource['namespace']),
  };
}

function policyOf(result: Record<string, unknown>): string {
  const rule = stringOf(result['rule']) ?? '';
  return `${stringOf(result['policy']) ?? ''}${rule === '' ? '' : `.${rule}`}`;
}
