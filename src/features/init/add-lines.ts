/** A list of lines with those of another that it lacks at its end; people's own stay as they are. Comments alone are not added. */
export function addLines(before: string, wanted: string): string {
  const present = new Set(before.split(/\r?\n/).map(line => line.trim()));
  const missing = wanted
    .split('\n')
    .filter(line => line.trim() !== '' && !line.startsWith('#') && !present.has(line));
  if (missing.length === 0) return before;
  const eol = before.includes('\r\n') ? '\r\n' : '\n';
  const start = before === '' || before.endsWith('\n') ? before : before + eol;
  return start + missing.map(line => line + eol).join('');
}
