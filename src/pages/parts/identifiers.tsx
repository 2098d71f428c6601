import { External } from './reference.js';
import { Fact } from './text.js';

/** Names of an object in other registers, as links where these have an address for each. */
export const Identifiers = ({
  identifiers,
}: {
  identifiers: readonly { scheme: string; value: string }[];
}) => (
  <Fact name="Identifiers">
    {identifiers.length > 0 &&
      identifiers.map(({ scheme, value }, i) => (
        <>
          {i > 0 && ', '}
          {schemes[scheme] ?? scheme}{' '}
          {resolvers[scheme] ? (
            <External url={resolvers[scheme] + value}>{value}</External>
          ) : (
            <bdi>{value}</bdi>
          )}
        </>
      ))}
  </Fact>
);

/** As people write them. */
const schemes: Record<string, string> = {
  doi: 'DOI',
  wikidata: 'Wikidata',
  orcid: 'ORCID',
  isni: 'ISNI',
  isbn: 'ISBN',
};

const resolvers: Record<string, string> = {
  doi: 'https://doi.org/',
  wikidata: 'https://www.wikidata.org/wiki/',
  orcid: 'https://orcid.org/',
};
