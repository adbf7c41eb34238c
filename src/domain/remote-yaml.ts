import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { display } from '../display.ts';
import { UserError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';

const MAX_DEPTH = 64;

/**
 * Parses one YAML (or JSON) document that others wrote: core schema, no aliases, at most 64 levels. `what` names
 * the document in errors, which never quote from it.
 */
export function readRemoteYaml(text: string, what: string): unknown {
  try {
    return load(text, { schema: CORE_SCHEMA, maxAliases: 0, maxDepth: MAX_DEPTH });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = error.mark ? `:${error.mark.line + 1}` : '';
    throw new UserError(codeOf(error.reason), `${display(what)}${line}: ${display(error.reason)}`);
  }
}

function codeOf(reason: string): ErrorCode {
  if (reason.includes('maxDepth')) return 'E_YAML_DEPTH';
  if (reason.includes('maxAliases')) return 'E_YAML_LIMIT';
  return /^(unknown|cannot resolve|undeclared)/.test(reason) ? 'E_YAML_UNTRUSTED' : 'E_YAML_SYNTAX';
}
