import { localTime } from '@zegel/reading';
import type { HeadPoint } from '../checks/heads-over-time.ts';
import type { Html } from './html.ts';
import type { IntegrityProps } from './integrity-view.ts';

const WIDTH = 1000;
const HEIGHT = 160;
const EDGE = 8;

/** How the signed checkpoints grew: time from left to right, entries from below. */
export function Checkpoints({ view, words, language }: IntegrityProps): Html {
  const { heads, zone } = view;
  const [first, last] = [heads[0], heads.at(-1)];
  if (first === undefined || last === undefined) return <></>;
  const time = (ms: number): string => localTime(new Date(ms).toISOString(), zone);
  const about = words.checkpointsAbout(last.size.toLocaleString(language), time(last.time));
  const points = placed(heads);
  return (
    <section aria-labelledby="checkpoints">
      <h2 id="checkpoints">{words.checkpoints}</h2>
      <p>{about}</p>
      <svg class="heads" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img">
        <title>{`${words.checkpoints}: ${about}`}</title>
        <path class="line" d={`M${points.map(([x, y]) => `${x} ${y}`).join('L')}`} />
        {points.map(([x, y], at) => (
          <circle cx={x} cy={y} r="4">
            <title>{`${heads[at]?.size.toLocaleString(language)} · ${time(heads[at]?.time ?? 0)}`}</title>
          </circle>
        ))}
      </svg>
      <p class="ends soft">
        <span>{time(first.time)}</span>
        <span>{time(last.time)}</span>
      </p>
    </section>
  );
}

function placed(heads: readonly HeadPoint[]): readonly (readonly [x: number, y: number])[] {
  const [from, to] = [heads[0]?.time ?? 0, heads.at(-1)?.time ?? 0];
  const most = heads.at(-1)?.size ?? 1;
  return heads.map(({ size, time }) => [
    Math.round(EDGE + ((time - from) / Math.max(to - from, 1)) * (WIDTH - 2 * EDGE)),
    Math.round(HEIGHT - EDGE - (size / most) * (HEIGHT - 2 * EDGE)),
  ]);
}
