import type { Support } from '../../provenance/load/stored-standing.js';
import type { Standing } from '../frame/outputs.js';

export type Tone = 'good' | 'fair' | 'weak' | 'bad' | 'plain';

/** A word about an object; the colour only repeats what the word says. */
export const Badge = ({
  tone = 'plain',
  title,
  children,
}: {
  tone?: Tone;
  title?: string;
  children: string;
}) => (
  <span class={`badge ${tone}`} title={title}>
    {children}
  </span>
);

const support: Record<Support, [word: string, tone: Tone, meaning: string]> = {
  corroborated: ['Corroborated', 'good', 'At least two independent origins.'],
  single_origin: ['Single origin', 'fair', 'All support goes back to one origin.'],
  untraced: ['Origin unknown', 'weak', 'Who reports it does not say where it comes from.'],
  none: ['No support', 'bad', 'Nothing supports it, or no longer.'],
};

/** A degree of support, in a word or two. */
export const supportWords = (degree: string): string => support[degree as Support]?.[0] ?? degree;

/** How far a claim is supported, in words. */
export const SupportBadge = ({ standing }: { standing: Standing }) => {
  const [word, tone, meaning] = support[standing.support];
  return (
    <Badge tone={tone} title={meaning}>
      {word}
    </Badge>
  );
};

/** How a claim stands, in words. */
export const StandingBadges = ({ standing }: { standing: Standing }) => (
  <span class="badges">
    <SupportBadge standing={standing} />
    {standing.retracted && (
      <Badge tone="bad" title="It was asserted, and all who did took it back.">
        Retracted
      </Badge>
    )}
    {standing.contested && (
      <Badge tone="bad" title="Somebody denies or disputes it.">
        Contested
      </Badge>
    )}
    {standing.self_denied && (
      <Badge tone="weak" title="Only the party it is about, or a part of that, denies it.">
        Denied by its subject alone
      </Badge>
    )}
    {standing.circular_reporting && (
      <Badge tone="weak" title="Some report each other and nobody else.">
        Circular reporting
      </Badge>
    )}
  </span>
);

/** "2 origins", "2–4 origins", "at least 2 origins": how many independent ones there are. */
export function originsWords({ origins: { min, max } }: Standing): string {
  if (max === null) return `at least ${min} ${min === 1 ? 'origin' : 'origins'}`;
  const number = min === max ? `${min}` : `${min}–${max}`;
  return `${number} ${number === '1' ? 'origin' : 'origins'}`;
}
