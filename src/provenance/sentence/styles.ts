/** The forms in which a claim is told. */
export const sentenceStyles = ['inline', 'footnote'] as const;
export type SentenceStyle = (typeof sentenceStyles)[number];
