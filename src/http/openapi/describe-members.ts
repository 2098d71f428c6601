import { componentTexts, memberTexts } from './member-texts.js';

interface Schema {
  $ref?: string;
  description?: string;
  properties?: Record<string, Schema>;
}

/** Nouns in the names of components that all have: `PartyPage`, `PartyVersion`. */
const families: readonly [ending: RegExp, text: (one: string) => string][] = [
  [/Page$/, (one) => `A page of a list of objects of the kind ${one}.`],
  [/WithIncluded$/, (one) => `An object of the kind ${one}, with the objects that \`include\` adds.`],
  [/Version$/, (one) => `A version of an object of the kind ${one}, with the whole object.`],
  [/Content$/, (one) => `What \`${one}\` holds, with ids or keys in place of references.`],
  [/Change$/, (one) => `A change of an object of the kind ${one}.`],
];

/** Describes each component and each member that does not say itself what it is; a reference is described there. */
export function describeMembers(schemas: Record<string, Schema>): void {
  for (const [owner, schema] of Object.entries(schemas)) {
    schema.description ??= componentTexts[owner] ?? familyText(owner);
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      if (member.$ref === undefined) member.description ??= textOf(owner, name);
    }
  }
}

const textOf = (owner: string, member: string) => memberTexts[`${owner}.${member}`] ?? memberTexts[member];

function familyText(owner: string): string | undefined {
  const family = families.find(([ending]) => ending.test(owner));
  return family?.[1](owner.replace(family[0], ''));
}
