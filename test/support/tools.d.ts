export type Tool = 'helm' | 'kustomize' | 'registry' | 'kubeconform' | 'actionlint' | 'kubectl' | 'appset';
export function prepareTools(say?: (line: string) => void, names?: readonly Tool[]): Promise<Tool[]>;
export function findTool(name: string): string | undefined;
export function withFlags(flags: string): string;
