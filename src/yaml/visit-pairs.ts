import { EVENT_ID, type Marks, SCALAR_STYLE } from './events.ts';
import type { Step } from './nodes.ts';

/** A pair of a map whose value is a scalar, as `visitPairs` meets it. */
export type ScalarPair = {
  key: string;
  /** Where the key stands. */
  offset: number;
  /** Keys and list positions above, outermost first. Valid during the visit only. */
  trail: readonly Step[];
  /** The text of `name:` in the same map if it stands before, as for environment variables. */
  name: string | undefined;
  isBlock: boolean;
  /** Decoded, whatever the quotes. */
  read(): string;
};

export type IsWanted = (key: string, name: string | undefined) => boolean;

/** An open document, list or map. `step`: the key that waits for its value, or the position of the next item. */
type Frame = {
  kind: 'document' | 'list' | 'map';
  step: Step | undefined;
  keyStart: number;
  name: string | undefined;
  /** The length of the trail inside. */
  depth: number;
};

/** Calls `visit` for each pair whose key, with the `name:` before it, is wanted. */
export function visitPairs(
  { marks, text }: { marks: Marks; text: string },
  visit: (pair: ScalarPair) => void,
  isWanted: IsWanted,
): void {
  const frames: Frame[] = [];
  const trail: Step[] = [];
  for (let index = 0; index < marks.count; index++) {
    const type = marks.type(index);
    if (type === EVENT_ID.POP) {
      frames.pop();
      while (trail.length > (frames.at(-1)?.depth ?? 0)) trail.pop();
      continue;
    }
    const frame = frames.at(-1);
    const isKey = frame?.kind === 'map' && frame.step === undefined;
    if (isKey && type === EVENT_ID.SCALAR) {
      frame.step = marks.text(index, text);
      frame.keyStart = marks.offset(index) ?? 0;
      continue;
    }
    if (frame?.kind === 'map' && !isKey && type === EVENT_ID.SCALAR) {
      if (isWanted(String(frame.step), frame.name)) visit(pairOf({ marks, index, text, frame, trail }));
      if (frame.step === 'name') frame.name = marks.text(index, text);
    }
    const step = frame?.step ?? '';
    if (frame) frame.step = nextStep(frame, isKey);
    if (type === EVENT_ID.SCALAR || type === EVENT_ID.ALIAS) continue;
    if (frame && frame.kind !== 'document') trail.push(step);
    frames.push(openFrame(type, trail.length));
  }
}

/** A key that is no scalar counts as an empty one. */
function nextStep({ kind, step }: Frame, isKey: boolean): Step | undefined {
  if (kind === 'map') return isKey ? '' : undefined;
  return Number(step) + 1;
}

function openFrame(type: number, depth: number): Frame {
  const kind = type === EVENT_ID.MAPPING ? 'map' : type === EVENT_ID.SEQUENCE ? 'list' : 'document';
  return { kind, step: kind === 'map' ? undefined : 0, keyStart: 0, name: undefined, depth };
}

type Meeting = { marks: Marks; index: number; text: string; frame: Frame; trail: readonly Step[] };

function pairOf({ marks, index, text, frame, trail }: Meeting): ScalarPair {
  const style = marks.style(index);
  return {
    key: String(frame.step),
    offset: frame.keyStart,
    trail,
    name: frame.name,
    isBlock: style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK,
    read: () => marks.text(index, text),
  };
}
