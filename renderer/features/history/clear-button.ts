/** Takes a filter away again. The library hides the button from the keyboard and from screen readers. */
export const clearButton = (label: string) => ({
  'aria-label': `Clear ${label}`,
  'aria-hidden': false,
  tabIndex: 0,
});
