import { type ChangeSet, joinAll, updateFile } from '../../change-set.ts';
import {
  type Forbidden,
  forbiddenBy,
  type Projects,
  scopedToProjects,
} from '../../deliveries/argo/projects.ts';
import { sourcesOf } from '../../deliveries/argo/source.ts';
import { type LocatedObject, objectsIn } from '../../deliveries/located-object.ts';
import { readDeliveries } from '../../deliveries/read-deliveries.ts';
import type { Emission } from '../../deliveries/siblings/emission.ts';
import { isRecord } from '../../data/fields.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import { editYaml } from '../../yaml/edit.ts';
import { requireYaml } from '../../yaml/read.ts';
import type { NewDeliveryContext } from './plan-delivered.ts';

/**
 * Lists what a new Application needs in the AppProject that it is in: its repository, its namespace.
 * @throws UserError E_VALUE where the project takes away what it would have to allow; E_YAML_* where it cannot be edited
 */
export function projectChanges(
  { gitops: { repository }, t }: Pick<NewDeliveryContext, 'gitops' | 't'>,
  { files }: Pick<Emission, 'files'>,
): ChangeSet {
  const objects = readDeliveries(repository).objects;
  const applications = files
    .filter(({ what }) => what === 'manifest')
    .flatMap(({ path, text }) => objectsIn(path, requireYaml(text, path)))
    .filter(({ kind, group }) => kind === 'Application' && group === 'argoproj.io');
  const scoped = applications.length > 0 ? scopedToProjects(repository) : [];
  const forbidden = applications.flatMap(each => forbiddenIn({ objects, scoped }, each));
  const changes = [...new Set(forbidden.map(({ list }) => list.file))].map(file => {
    const before = repository.text.get(file) ?? '';
    const own = forbidden.filter(({ list }) => list.file === file);
    const content = editYaml(
      before,
      file,
      own.map(({ list: { document, path }, item }) => ({ kind: 'add', document, path, items: [item] })),
    );
    const others = objects.filter(({ at }) => at.file !== file);
    const after = [...others, ...objectsIn(file, requireYaml(content, file))];
    const [left] = applications.flatMap(each => forbiddenIn({ objects: after, scoped }, each));
    if (left) throw refusal(left, file);
    const what = own.map(each => display(each.what)).join(', ');
    return updateFile({
      path: file,
      before,
      content,
      why: t(say('scaffold.projectAllows', { what })),
      entry: true,
    });
  });
  return joinAll(changes);
}

function forbiddenIn(projects: Projects, { body, namespace }: LocatedObject): Forbidden[] {
  const spec = body['spec'];
  const sources = sourcesOf(spec).flatMap(source => (isRecord(source) ? [{ source, steps: [] }] : []));
  return forbiddenBy(projects, { spec, namespace, sources, path: ['spec'] });
}

function refusal({ project, what }: Forbidden, file: string): UserError {
  return new UserError(
    'E_VALUE',
    say('scaffold.projectForbids', { project: display(project), what: display(what) }),
    { hint: say('scaffold.editProject', { file: display(file) }), subject: file },
  );
}
