import {
  type Event,
  EVENT_ID,
  getScalarValue,
  isBlockScalarEvent,
  type ScalarEvent,
  startOf,
} from './events.ts';
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
  { events, text }: { events: readonly Event[]; text: string },
  visit: (pair: ScalarPair) => void,
  isWanted: IsWanted,
): void {
  const frames: Frame[] = [];
  const trail: Step[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      frames.pop();
      trail.length = frames.at(-1)?.depth ?? 0;
      continue;
    }
    const frame = frames.at(-1);
    const isKey = frame?.kind === 'map' && frame.step === undefined;
    if (isKey && event.type === EVENT_ID.SCALAR) {
      frame.step = getScalarValue(text, event);
      frame.keyStart = startOf(event) ?? 0;
      continue;
    }
    if (frame?.kind === 'map' && !isKey && event.type === EVENT_ID.SCALAR) {
      if (isWanted(String(frame.step), frame.name)) visit(pairOf({ event, text, frame, trail }));
      if (frame.step === 'name') frame.name = getScalarValue(text, event);
    }
    const step = frame?.step ?? '';
    if (frame) frame.step = nextStep(frame, isKey);
    if (event.type === EVENT_ID.SCALAR || event.type === EVENT_ID.ALIAS) continue;
    if (frame && frame.kind !== 'document') trail.push(step);
    frames.push(openFrame(event, trail.length));
  }
}

/** A key that is no scalar counts as an empty one. */
function nextStep({ kind, step }: Frame, isKey: boolean): Step | undefined {
  if (kind === 'map') return isKey ? '' : undefined;
  return Number(step) + 1;
}

function openFrame({ type }: Event, depth: number): Frame {
  const kind = type === EVENT_ID.MAPPING ? 'map' : type === EVENT_ID.SEQUENCE ? 'list' : 'document';
  return { kind, step: kind === 'map' ? undefined : 0, keyStart: 0, name: undefined, depth };
}

type Meeting = { event: ScalarEvent; text: string; frame: Frame; trail: readonly Step[] };

function pairOf({ event, text, frame, trail }: Meeting): ScalarPair {
  return {
    key: String(frame.step),
    offset: frame.keyStart,
    trail,
    name: frame.name,
    isBlock: isBlockScalarEvent(event),
    read: () => getScalarValue(text, event),
  };
}
