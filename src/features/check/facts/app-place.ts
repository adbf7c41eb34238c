/** An app to be checked: its place and its files. */
export type AppPlace = {
  name: string;
  folder: string;
  environment: string | undefined;
  files: readonly string[];
};
