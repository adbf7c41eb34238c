const PIN = /\bpin(?:s|ned|ning)?\b|固定|锁定|不升级/i;

/**
 * Why a comment beside a version holds it there: the comment's own words, if they speak of a pin.
 * `comment` may carry its `#`.
 */
export function pinReason(comment: string | undefined): string | undefined {
  if (comment === undefined || !PIN.test(comment)) return undefined;
  return comment.replace(/^[\s#]+/, '').trimEnd();
}

/** The automation that comments name as the owner of their lines: `# {"$imagepolicy": "flux-system:shop"}`. */
export function policyIn(comments: readonly (string | undefined)[]): string | undefined {
  const found = comments.map(comment => /"\$imagepolicy"\s*:\s*"([^"]+)"/.exec(comment ?? '')?.[1]);
  return found.find(policy => policy !== undefined);
}
