import type { ComponentChildren } from 'preact';
import { useVisit } from '../frame/visiting.js';
import type { Noun } from './reference.js';
import { Section } from './section.js';
import { Instant } from './text.js';

interface Props {
  noun: Noun;
  path: string;
  version: number;
  /** Since when this version holds. */
  at: string;
  children?: ComponentChildren;
}

/** How to refer to an object so that a reader finds what was there: addresses that stay, and the history. */
export const Cite = ({ noun, path, version, at, children }: Props) => {
  const { origin } = useVisit();
  const fixed = `${path}@${version}`;
  return (
    <Section id="cite" title="Cite this page">
      {children}
      <dl class="facts">
        <div>
          <dt>This {noun}</dt>
          <dd>
            <a href={path}>{origin + path}</a>
          </dd>
        </div>
        <div>
          <dt>This version of it</dt>
          <dd>
            <a href={fixed}>{origin + fixed}</a>, since <Instant at={at} />
          </dd>
        </div>
        <div>
          <dt>History</dt>
          <dd>
            <a href={`${path}/history`}>Who changed what, when and why</a>
          </dd>
        </div>
      </dl>
    </Section>
  );
};
