import { posix } from 'node:path';
import { stringsAt } from '../../../data/fields.ts';
import type { DeliveryProblem } from './delivery-problem.ts';
import type { Delivered } from './open-delivered.ts';
import { parsedFile } from '../../../deliveries/parsed-files.ts';

const NAME = /^\.argocd-source(?:-.+)?\.ya?ml$/;

/** Images that `.argocd-source.yaml` of a folder sets in the place of what its kustomization says. */
export function sourceOverrides({ deliveries, repository }: Delivered): DeliveryProblem[] {
  return [...repository.text.keys()]
    .filter(file => NAME.test(posix.basename(file)))
    .flatMap(file => {
      const images = deliveries.kustomizations.at(posix.dirname(file))?.images ?? [];
      const set = stringsAt(parsedFile(repository, file)?.documents[0], ['kustomize', 'images']);
      return set.flatMap((image, index) => {
        const shadowed = images.find(({ name }) => name === nameOf(image));
        if (!shadowed) return [];
        const { newTag = '', digest = '', name } = shadowed;
        const about = { image, name, tag: newTag || digest || name };
        return [{ code: 'source-override', file, document: 0, steps: ['kustomize', 'images', index], about }];
      });
    });
}

/** Of `name=new:tag`, `name:tag` and `name@digest`. */
function nameOf(image: string): string {
  const [name = ''] = image.split('=', 1);
  const plain = name.split('@', 1)[0] ?? '';
  const colon = plain.lastIndexOf(':');
  return colon > plain.lastIndexOf('/') ? plain.slice(0, colon) : plain;
}
