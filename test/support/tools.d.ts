export type Tool = 'helm' | 'kustomize' | 'registry';
export function prepareTools(say?: (line: string) => void): Promise<Tool[]>;
export function findTool(name: string): string | undefined;
