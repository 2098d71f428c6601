/** A party that plays no part in the standing: a speaker or a publisher. */
export interface PartyWording {
  id: string;
  name: string;
  kind: string;
  unnamed: boolean;
}

/** What a document says about who speaks, beyond what standing is computed from. */
export interface AttributionWording {
  /** The document's words for the party. */
  party_as_stated: string | null;
  /** The person who spoke. */
  speaker: PartyWording | null;
  locator: {
    page: string | null;
    paragraph: string | null;
    section: string | null;
    timecode: string | null;
  } | null;
}

/** What a reader needs to find a source. Dates are EDTF, but for `retrieved_at`, an instant. */
export interface SourceWording {
  published: string | null;
  reporting_period: string | null;
  url: string | null;
  archived_url: string | null;
  retrieved_at: string | null;
  publisher: PartyWording | null;
}

/** By the ids of attributions and sources. For a claim with very many attributions some are missing. */
export interface Wording {
  attributions: ReadonlyMap<string, AttributionWording>;
  sources: ReadonlyMap<string, SourceWording>;
}

export const NO_WORDING: Wording = { attributions: new Map(), sources: new Map() };
