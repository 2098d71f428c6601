/** The colours of pictures, which are drawn on white, and what stands for each where a reader prefers dark pages. */
const dark: Readonly<Record<string, string>> = {
  white: '#1c2226',
  '#ffffff': '#1c2226',
  black: '#e6e4df',
  '#000000': '#e6e4df',
  '#222222': '#d8d6d0',
  '#333333': '#d8d6d0',
  '#555555': '#a3adb3',
  '#666666': '#a3adb3',
  '#6e6e6e': '#a3adb3',
  '#777777': '#a3adb3',
  '#8c8c8c': '#8d979d',
  '#999999': '#8d979d',
  '#bbbbbb': '#5a646b',
  '#dddddd': '#3a4349',
  '#eeeeee': '#2c3236',
  '#f3f3f3': '#262c30',
  '#f4f4f4': '#262c30',
  '#0b4f8a': '#86c5ec',
  '#e8f1fa': '#16303f',
  '#a33a00': '#f3a37b',
  '#fdeee3': '#3f2413',
  '#0072b2': '#5cb3e6',
  '#c04e00': '#f0915a',
  '#00755a': '#4fc3a3',
  '#9b4d80': '#d99ac3',
  '#8a6100': '#d9ac4a',
  '#3a8fc4': '#7cc0ea',
};

const USED = /\b(fill|stroke)="([^"]+)"/g;

/**
 * The style of a picture for dark screens: one rule for each colour that its body uses. On paper it stays as it was
 * drawn. `labelledby` tells the picture from others that stand in the same page.
 */
export function darkStyle(body: string, labelledby: string): string {
  const rules = Array.from(new Set(body.match(USED)), (used) =>
    used.replace(USED, (attribute, name: string, colour: string) =>
      dark[colour] === undefined ? '' : `[${attribute}]{${name}:${dark[colour]}}`,
    ),
  );
  // Text without a colour of its own is black.
  const all = [`text:not([fill]){fill:${dark.black}}`, ...rules].join('');
  return `<style>@media screen and (prefers-color-scheme: dark){[aria-labelledby="${labelledby}"]{${all}}}</style>`;
}
