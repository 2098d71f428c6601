/**
 * Linked data inside of a page: a block of data, which no browser runs, so the policy of the page lets it stand. What
 * could end the block or begin a comment is written as an escape of JSON.
 */
export const LinkedData = ({ data }: { data: object }) => (
  <script
    type="application/ld+json"
    // biome-ignore lint/security/noDangerouslySetInnerHtml: a script holds its text as it is, and here no `<` is left
    dangerouslySetInnerHTML={{ __html: jsonForScript(data) }}
  />
);

export const jsonForScript = (data: object): string => JSON.stringify(data).replaceAll('<', '\\u003c');
