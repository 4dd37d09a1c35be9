import { createTheme } from '@mantine/core';

/** Calm: one accent, small radii, the system's own letters. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: "Inter, 'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', Arial, sans-serif",
  headings: { fontWeight: '600' },
  components: {
    Badge: { styles: { label: { textTransform: 'none', fontWeight: 500 } } },
    SegmentedControl: { styles: { label: { fontWeight: 500 } } },
    Button: { styles: { label: { fontWeight: 500 } } },
    InputWrapper: { styles: { label: { fontWeight: 500 } } },
    Modal: {
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, overlayProps: { backgroundOpacity: 0.4 } },
    },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true } },
  },
});
