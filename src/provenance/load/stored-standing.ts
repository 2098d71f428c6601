/** Levels of support, in rising order. */
export const supportLevels = ['none', 'untraced', 'single_origin', 'corroborated'] as const;
export type Support = (typeof supportLevels)[number];

/** What is stored of a standing beside the claim, in the claim's row. */
export interface Computed {
  last_said: number | null;
  attribution_count: number;
  support: Support;
  contested: boolean;
  self_denied: boolean;
  retracted: boolean;
  min_origins: number;
  unnamed_only: boolean;
  /** Whether none of the attributions names a source. */
  unsourced: boolean;
  /** JSON text. */
  standing: string;
}

/** What is computed about an attribution of a claim and stored in its row. */
export type ComputedOfAttribution = { relay_depth: number; retracted_by_id: string | null };

/** What is stored beside a claim and follows from its attributions. */
export interface StoredStanding {
  computed: Computed;
  /** Of the claim's attributions, in the order of its graph. */
  attributions: ComputedOfAttribution[];
}
