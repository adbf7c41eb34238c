/** What the renderer's processes read and write, one JSON document a line: see renderer/protocol.go. */

export type Engines = {
  /** `v3.21.4` */
  helm: string;
  /** `v5.8.1` */
  kustomize: string;
  /** The cluster version that charts see where nobody names one: `v1.36.0`. */
  kubeVersion: string;
};

/** Which cluster charts are rendered for. */
export type Cluster = { kubeVersion?: string | undefined; apiVersions?: readonly string[] | undefined };

/** A request without its id; contents are named by their SHA-256. */
export type Request = Cluster & {
  op: 'build' | 'template' | 'engines';
  files?: Record<string, string>;
  folder?: string;
  archive?: string;
  release?: string;
  namespace?: string;
  values?: string[];
  /** Milliseconds. */
  timeLimit?: number;
};

export type RendererAnswer = {
  id: number;
  manifests?: string;
  warnings?: string[];
  engines?: Engines;
  error?: { kind: 'render' | 'input' | 'limit'; message: string };
  /** The process takes no further request. */
  last?: boolean;
};

/** A request with the contents that it names. */
export type Job = {
  request: Request;
  blobs: ReadonlyMap<string, Uint8Array>;
  timeLimit: number;
  /** How often it is done again when somebody else ends its process. */
  retries: number;
};
