/** Text of the document, in which code stands between backticks. */
export const Inline = ({ text }: { text: string }) => (
  <>
    {text
      .split(/(`[^`]+`)/)
      .map((part) => (part.startsWith('`') && part.length > 2 ? <code>{part.slice(1, -1)}</code> : part))}
  </>
);

/** A text as it is, such as a command or an answer; it can be scrolled, also by keyboard, where it is wider than the page. */
export const Code = ({ text }: { text: string }) => (
  <pre tabindex={0}>
    <code>{text}</code>
  </pre>
);
