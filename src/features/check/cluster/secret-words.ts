import { isRecord } from '../../../data/fields.ts';
import { say } from '../../../locales/say.ts';
import type { Text } from '../../../text/language.ts';
import { createRedactor } from '../../../text/redaction.ts';
import type { Step } from '../../../yaml/nodes.ts';
import type { Sent } from './sent-objects.ts';

/** Takes the values of all Secrets that are sent out of a text, as they are written and as they are decoded. */
export function hidingSecrets(sent: readonly Sent[]): (text: string) => string {
  const redactor = createRedactor();
  for (const { body } of sent.flatMap(({ secrets }) => secrets))
    for (const field of ['data', 'stringData'])
      for (const value of Object.values(isRecord(body[field]) ? body[field] : {})) {
        const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
        redactor.hide(Buffer.from(text));
        if (field === 'data') redactor.hide(Buffer.from(text, 'base64'));
      }
  return redactor.clean;
}

/** https://pkg.go.dev/k8s.io/apimachinery/pkg/util/validation/field#ErrorType */
const KINDS =
  'Not found|Required value|Duplicate value|Invalid value|Unsupported value|Forbidden|Too long|Too many|Too few|Internal error';
const PROBLEM = new RegExp(
  `^\\[?((?:apiVersion|kind|metadata|data|stringData|type|immutable)(?:\\.[\\w-]{1,63}|\\[[^\\]\\s]{0,253}\\])*): (${KINDS})(?=:|$)`,
);

/**
 * What may be told of an answer about a Secret: the field and the kind of the problem. A server, a webhook, a decoder each
 * repeats values in words of its own, in part or in whole, so that no word of theirs is passed on.
 */
export function toldOfSecret(
  { path, reason }: { path: readonly Step[]; reason: string },
  hide: (text: string) => string,
): { path: readonly Step[]; reason: Text } {
  const [, field, problem] = PROBLEM.exec(reason) ?? [];
  if (field === undefined || problem === undefined || hide(field) !== field)
    return { path: [], reason: say('cluster.secretReason') };
  return { path, reason: say('cluster.secretField', { field, problem }) };
}
