import {
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  Input,
  type MantineColorsTuple,
  Modal,
  Notification,
} from '@mantine/core';

const harbour: MantineColorsTuple = [
  '#eef5f9',
  '#d8e8f1',
  '#b2d2e4',
  '#88bad5',
  '#64a5c8',
  '#4693ba',
  '#2c7fa9',
  '#1c6a92',
  '#165777',
  '#0f435d',
];

const dark: MantineColorsTuple = [
  '#dbe0e5',
  '#b9c1ca',
  '#9aa5b1',
  '#73808d',
  '#3f4851',
  '#333b43',
  '#272e35',
  '#1d2329',
  '#171c21',
  '#101418',
];

const systemFont = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

const closeButtonProps = { 'aria-label': 'Close' };

/** The look of the application: one restrained colour, system fonts, small radii, dense enough for long lists. */
export const theme = createTheme({
  primaryColor: 'harbour',
  primaryShade: { light: 7, dark: 7 },
  colors: { harbour, dark },
  black: '#1c2329',
  fontFamily: systemFont,
  headings: { fontFamily: systemFont, fontWeight: '600', sizes: { h1: { fontSize: '1.375rem' } } },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // The page itself never scrolls, so there is nothing to lock (locking would add styles of its own).
    Modal: Modal.extend({
      defaultProps: { lockScroll: false, centered: true, closeButtonProps },
      styles: { title: { minWidth: 0, fontWeight: 600, lineHeight: 1.35, overflowWrap: 'anywhere' } },
    }),
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false, closeButtonProps } }),
    Notification: Notification.extend({
      defaultProps: { withBorder: true, closeButtonProps },
      styles: { description: { color: 'var(--mantine-color-text)' } },
    }),
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    }),
  },
});

/**
 * Colours that have to read well in both schemes (at least 4.5 to 1 on the page and on rows). `--cdr-*` are ours:
 * surfaces, rows and the tones of a status.
 */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#545f6a',
    '--mantine-color-placeholder': '#66717c',
    '--mantine-color-error': '#b82323',
    '--mantine-color-default-border': '#c9d0d7',
    '--cdr-surface': '#f5f7f9',
    '--cdr-line': '#dfe4e8',
    '--cdr-row-hover': '#f1f5f8',
    '--cdr-row-selected': '#e6f0f6',
    '--cdr-good': '#1c7436',
    '--cdr-bad': '#b82323',
    '--cdr-attention': '#8a5200',
    '--cdr-busy': '#1c6a92',
    '--cdr-good-soft': '#e9f5ec',
    '--cdr-bad-soft': '#fdf0f0',
    '--cdr-attention-soft': '#fdf5e6',
    '--cdr-busy-soft': '#eaf3f8',
    '--cdr-neutral-soft': '#eef1f4',
  },
  dark: {
    '--mantine-color-dimmed': '#a3adb8',
    '--mantine-color-placeholder': '#8c97a2',
    '--mantine-color-error': '#ff9494',
    '--cdr-surface': '#171c21',
    '--cdr-line': '#323a42',
    '--cdr-row-hover': '#232a31',
    '--cdr-row-selected': '#1d3340',
    '--cdr-good': '#72c98a',
    '--cdr-bad': '#ff9494',
    '--cdr-attention': '#eab566',
    '--cdr-busy': '#7fbfdf',
    '--cdr-good-soft': '#1b2f24',
    '--cdr-bad-soft': '#382326',
    '--cdr-attention-soft': '#352b1a',
    '--cdr-busy-soft': '#1b2e39',
    '--cdr-neutral-soft': '#2a3138',
  },
});
