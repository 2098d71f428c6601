import { useVisit } from '../frame/visiting.js';

interface NearMiss {
  parameter: string;
  value: string;
}

/** What was likely meant, where nothing was found. */
export const NearMisses = ({ nearMisses }: { nearMisses: readonly NearMiss[] }) => {
  const { path, query, moment } = useVisit();
  return nearMisses.length === 0 ? null : (
    <p>
      Did you mean{' '}
      {nearMisses.map(({ parameter, value }, i) => (
        <>
          {i > 0 && ', '}
          <a href={moment.to(path, { ...query, [parameter]: value })}>
            <bdi>{value}</bdi>
          </a>
        </>
      ))}
      ?
    </p>
  );
};
