/** A person pressed Esc: the question before this one is asked again. No failure, and never shown. */
export class WentBack extends Error {
  override readonly name = 'WentBack';
}
