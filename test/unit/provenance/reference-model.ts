import type { Attribution, ClaimGraph } from '../../../src/provenance/graph/graph.js';

/** The numbers of a standing that origins decide, computed the slow way. */
export interface Slow {
  ends: string[];
  supporting: string[];
  min: number;
  max: number | null;
  circular: boolean;
  support: string;
  unnamedOnly: boolean;
}

const affirming = ['asserts', 'confirms'];
const carrying = [...affirming, 'reports'];
const opposing = ['denies', 'disputes'];

/**
 * Origins by listing every way through the graph that visits nothing twice. It follows the wording of the
 * rules and shares nothing with the code under test but its types. Only for small graphs.
 */
export function slowStanding({ attributions, about_sources, parties, sources }: ClaimGraph): Slow {
  const byId = new Map(attributions.map((a) => [a.id, a]));

  /** What a retraction means to take back; null where it cannot. */
  const meant = (r: Attribution): Attribution | null => {
    const target = r.stance === 'retracts' && r.in_reply_to !== null ? byId.get(r.in_reply_to) : undefined;
    return target && target !== r && target.party === r.party ? target : null;
  };
  const comesRound = (r: Attribution): boolean => {
    let at = meant(r);
    for (let steps = 0; at !== null && at !== r && steps < attributions.length; steps++) at = meant(at);
    return at === r;
  };
  const wholes = (s: string): string[] => {
    const above = sources.get(s)!.part_of;
    return above === null ? [s] : [s, ...wholes(above)];
  };
  const withdraws = (party: string, s: string): boolean =>
    about_sources.some((w) => w.stance === 'retracts' && w.party === party && w.about_source === s);
  const bodies = (p: string): string[] => {
    const above = parties.get(p)!.part_of;
    return above === null ? [p] : [p, ...bodies(above)];
  };
  const withdrawn = (s: string): boolean => {
    const { authors } = sources.get(s)!;
    const publisher = wholes(s)
      .map((whole) => sources.get(whole)!.publisher)
      .find((each) => each !== null);
    const byPublisher = publisher != null && bodies(publisher).some((body) => withdraws(body, s));
    return byPublisher || (authors.length > 0 && authors.every((author) => withdraws(author, s)));
  };
  const fallsWith = (a: Attribution, s: string): boolean =>
    withdrawn(s) || (sources.get(s)!.authors.includes(a.party) && withdraws(a.party, s));
  const takenBack = (a: Attribution): boolean =>
    attributions.some((r) => meant(r) === a && !comesRound(r) && !takenBack(r)) ||
    (a.source !== null && wholes(a.source).some((whole) => fallsWith(a, whole)));
  const counts = new Map(attributions.map((a) => [a.id, !takenBack(a)]));

  const heldBy = (s: string): Attribution[] =>
    attributions.filter(
      (a) =>
        a.source !== null && [...carrying, ...opposing].includes(a.stance) && wholes(a.source).includes(s),
    );
  const nearest = (s: string, own: string[], way: string[]): string[] =>
    wholes(s)
      .flatMap((whole) => sources.get(whole)!.derived_from)
      .flatMap((from) => {
        if (own.includes(from) || way.includes(from)) return [];
        return heldBy(from).length > 0 ? [from] : nearest(from, own, [...way, from]);
      });
  const next = (a: Attribution): Attribution[] => {
    const relayed = a.relays.map((id) => byId.get(id)).filter((b) => b !== undefined);
    if (opposing.includes(a.stance)) return relayed.filter((b) => opposing.includes(b.stance));
    if (!carrying.includes(a.stance)) return [];
    if (relayed.length > 0 || a.lineage === 'originates' || a.source === null) return relayed;
    return nearest(a.source, wholes(a.source), []).flatMap(heldBy);
  };

  /** Every way from an attribution along counting ones; the last may be one that the way has passed already. */
  const ways = (a: Attribution, way: Attribution[] = []): Attribution[][] => {
    const here = [...way, a];
    if (way.includes(a)) return [here];
    return [here, ...next(a).flatMap((b) => (counts.get(b.id) ? ways(b, here) : []))];
  };
  const beyond = new Map(
    attributions.map((a) => [
      a.id,
      [
        ...new Set(
          ways(a)
            .filter((way) => way.length > 1)
            .map((way) => way.at(-1)!),
        ),
      ],
    ]),
  );
  const reaches = (a: Attribution, b: Attribution) => beyond.get(a.id)!.includes(b);
  const inCircle = (a: Attribution) => reaches(a, a);
  const circleOf = (a: Attribution) => [a, ...beyond.get(a.id)!.filter((b) => reaches(b, a))];

  const isEnd = (a: Attribution): boolean => {
    if (!counts.get(a.id) || !carrying.includes(a.stance)) return false;
    if (a.lineage === 'originates' || next(a).length === 0) return true;
    if (!affirming.includes(a.stance) || inCircle(a)) return false;
    const walked = [a, ...beyond.get(a.id)!].filter((b) => carrying.includes(b.stance));
    const lost = walked.some((b) =>
      next(b).some((c) => carrying.includes(c.stance) && counts.get(c.id) === false),
    );
    return !lost && !walked.some((b) => b !== a && (isEnd(b) || endless(b)));
  };
  /** In a circle without a way out. */
  const endless = (a: Attribution): boolean => {
    if (!counts.get(a.id) || !inCircle(a)) return false;
    const circle = circleOf(a);
    const outside = circle.flatMap((b) => beyond.get(b.id)!).filter((b) => !circle.includes(b));
    return (
      !circle.some((b) => b.lineage === 'originates') &&
      !outside.some((b) => !carrying.includes(b.stance) || isEnd(b))
    );
  };

  const ends = attributions.filter(isEnd);
  const supporting = attributions.filter(
    (a) =>
      counts.get(a.id) &&
      (affirming.includes(a.stance) ||
        (a.stance === 'reports' && (isEnd(a) || beyond.get(a.id)!.some(isEnd)))),
  );

  const climb = (p: string): string => {
    const { part_of, independent_voice } = parties.get(p)!;
    return part_of === null || independent_voice ? p : climb(part_of);
  };
  const groups = (of: Attribution[]) =>
    [...new Set(of.map((a) => climb(a.party)))].map((p) => parties.get(p)!);
  const speakers = ends.filter((a) => a.lineage === 'originates');
  const named = groups(speakers).filter((p) => !p.unnamed).length;
  const least = groups(speakers)
    .filter((p) => p.unnamed)
    .map((p) => Math.max(1, p.count?.min ?? 1));
  const all = groups(ends).map((p) => {
    if (!p.unnamed) return 1;
    const most = p.count?.max ?? null;
    return most === null ? Number.POSITIVE_INFINITY : Math.max(most, p.count?.min ?? 1, 1);
  });
  const min = Math.max(named, 0, ...least);
  const sum = all.reduce((total, n) => total + n, 0);
  const level = ['untraced', 'single_origin', 'corroborated'][Math.min(min, 2)]!;
  const line = (p: string | null): string[] => (p === null ? [] : [p, ...line(parties.get(p)!.part_of)]);
  return {
    ends: ends.map((a) => a.id),
    supporting: supporting.map((a) => a.id),
    min,
    max: sum === Number.POSITIVE_INFINITY ? null : sum,
    circular: attributions.some(endless),
    support: supporting.length === 0 ? 'none' : level,
    unnamedOnly:
      speakers.length > 0 && speakers.every((a) => line(a.party).every((p) => parties.get(p)!.unnamed)),
  };
}
