import type { Unread } from '../../repository/unread/unread.ts';
import { type Text, untranslated } from '../../text/language.ts';

/** What doctor looks at, in the order in which it is shown. */
export const TOPICS = [
  'tools',
  'renderers',
  'credentials',
  'repository',
  'charts',
  'sealing',
  'conventions',
  'leftovers',
] as const;
export type Topic = (typeof TOPICS)[number];

/** One thing that was looked at. A note is worth knowing; only a problem makes doctor end with 1. */
export type Diagnosis = {
  topic: Topic;
  status: 'ok' | 'note' | 'problem';
  /** What it is about: the name of a tool, a file or a URL, or words. */
  subject: string | Text;
  message: Text;
  /** What to do; always there for a problem. */
  hint?: Text;
  /** Charts that nobody read, for programs. */
  unread?: readonly Unread[];
};

/** Whether nothing was found that has to be repaired. */
export function isHealthy(diagnoses: readonly Diagnosis[]): boolean {
  return diagnoses.every(({ status }) => status !== 'problem');
}

/** The subject as people read it. */
export function subjectOf({ subject }: Pick<Diagnosis, 'subject'>): Text {
  return typeof subject === 'string' ? untranslated(subject) : subject;
}
