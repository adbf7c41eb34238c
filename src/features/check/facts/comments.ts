/** The comments of a YAML text, without their `#`. A `#` inside of quotes may count too: these are only searched. */
export function commentsOf(text: string): string[] {
  return [...text.matchAll(/(?:^|\s)#+([^\n]*)/g)].map(([, comment = '']) => comment.trim());
}

/** Whether a comment speaks of a file or of anything else that is named so. */
export function mentionsInComment(text: string, name: string): boolean {
  return text.includes('#') && commentsOf(text).some(comment => comment.includes(name));
}
