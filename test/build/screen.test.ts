import { describe, expect, it } from 'vitest';
import { screenIsMissing } from '../../build/screen.ts';

describe('a screen', () => {
  it('is missing on Linux when neither X nor Wayland is named', () => {
    expect(screenIsMissing('linux', {})).toBe(true);
    expect(screenIsMissing('linux', { DISPLAY: '' })).toBe(true);
  });

  it('is there when X or Wayland is named', () => {
    expect(screenIsMissing('linux', { DISPLAY: ':0' })).toBe(false);
    expect(screenIsMissing('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(false);
  });

  it('is always there on Windows and macOS', () => {
    expect(screenIsMissing('win32', {})).toBe(false);
    expect(screenIsMissing('darwin', {})).toBe(false);
  });
});
