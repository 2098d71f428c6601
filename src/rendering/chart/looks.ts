import type { Mark } from 'vega';

/** Colours that differ for the colour-blind and, most of them, in grey (after Okabe and Ito), on white. */
const colours = ['#0072b2', '#c04e00', '#00755a', '#000000', '#9b4d80', '#8a6100', '#3a8fc4', '#6e6e6e'];

/** Shapes beside Vega's own are paths in a square from -1 to 1. */
const shapes = [
  'circle',
  'square',
  'diamond',
  'cross',
  'M0,-1L0.95,-0.31L0.59,0.81L-0.59,0.81L-0.95,-0.31Z',
  'M0,-1L0.27,-0.37L0.95,-0.31L0.43,0.14L0.59,0.81L0,0.45L-0.59,0.81L-0.43,0.14L-0.95,-0.31L-0.27,-0.37Z',
  'M-0.9,-0.8L0,-0.25L0.9,-0.8L0.9,0.8L0,0.25L-0.9,0.8Z',
  'M-0.5,-0.87L0.5,-0.87L1,0L0.5,0.87L-0.5,0.87L-1,0Z',
];

/** The cross over what is denied. */
export const DENIED = '#a33a00';
export const CROSSED = 'M-1,-1L1,1M-1,1L1,-1';
export const INK = '#333333';
export const PALE = '#777777';
/** What was taken back or replaced is drawn in this, and its figure struck through. */
export const GONE = '#8c8c8c';
export const STRUCK = 'M-1,0L1,0';
/** Opacity of figures that no party stands by. */
export const PALENESS = 0.45;
export const FONT = 'sans-serif';

/** After a round of the shapes, colours pair with others: 64 parties look different. */
export const lookOf = (series: number): { colour: string; shape: string } => ({
  colour: colours[series % colours.length]!,
  shape: shapes[(series + Math.floor(series / colours.length)) % shapes.length]!,
});

/** A written word at a place, in pixels. */
export interface Label {
  x: number;
  y: number;
  text: string;
  size: number;
  weight?: 'bold' | 'normal';
  align?: 'left' | 'center';
  colour?: string;
  struck?: boolean;
}

/** A sign at a place: filled, or hollow. */
export interface Sign {
  x: number;
  y: number;
  shape: string;
  colour: string;
  hollow: boolean;
  pale?: boolean;
  size?: number;
}

/** Signs and words as marks of Vega: the same looks in the plot and in the key. */
export const signMark = (data: string): Mark => ({
  type: 'symbol',
  from: { data },
  encode: {
    enter: {
      x: { field: 'x' },
      y: { field: 'y' },
      shape: { field: 'shape' },
      size: [{ test: 'datum.size', field: 'size' }, { value: 80 }],
      stroke: { field: 'colour' },
      strokeWidth: { value: 1.8 },
      opacity: [{ test: 'datum.pale', value: PALENESS }, { value: 1 }],
      fill: [{ test: 'datum.hollow', value: '#ffffff' }, { field: 'colour' }],
    },
  },
});

export const labelMark = (data: string): Mark => ({
  type: 'text',
  from: { data },
  encode: {
    enter: {
      x: { field: 'x' },
      y: { field: 'y' },
      text: { field: 'text' },
      fontSize: { field: 'size' },
      fontWeight: [{ test: 'datum.weight', field: 'weight' }, { value: 'normal' }],
      align: [{ test: 'datum.align', field: 'align' }, { value: 'left' }],
      fill: [{ test: 'datum.colour', field: 'colour' }, { value: INK }],
      font: { value: FONT },
      baseline: { value: 'middle' },
    },
  },
});
