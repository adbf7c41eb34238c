import { parseJson } from '../../data/json.ts';
import { isRecord, stringOf } from '../../data/fields.ts';
import { STEP_IDS, type StepId } from './steps.ts';

/** How far a tour has come, as kept beside the copy. */
export type Progress = {
  /** The step that is to be done. */
  step: StepId | 'end';
  /** Whether what the step begins with was put into the copy. */
  prepared: boolean;
  /** What was copied, or undefined for the demo. */
  source: string | undefined;
};

/** The file that says how far a tour has come. */
export function renderProgress({ step, prepared, source }: Progress): string {
  return `${JSON.stringify({ schemaVersion: 1, step, prepared, ...(source ? { source } : {}) }, null, 2)}\n`;
}

/** Undefined for a file of another shape: the tour then begins anew. */
export function parseProgress(text: string): Progress | undefined {
  const data = parseJson(text);
  if (!isRecord(data)) return undefined;
  const step = [...STEP_IDS, 'end' as const].find(id => id === data['step']);
  return step && { step, prepared: data['prepared'] === true, source: stringOf(data['source']) };
}

/** The step after one; `end` after the last. */
export function stepAfter(step: StepId): StepId | 'end' {
  return STEP_IDS[STEP_IDS.indexOf(step) + 1] ?? 'end';
}
