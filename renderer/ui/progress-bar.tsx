import { type MantineColor, Progress } from '@mantine/core';

interface ProgressBarProps {
  /** The accessible name. */
  readonly label: string;
  /** From 0 to 100. */
  readonly percent: number;
  /** The same in words and figures. */
  readonly text: string;
  readonly color?: MantineColor;
  readonly size?: number;
}

/** A progress bar that screen readers know, also while it is still empty. */
export function ProgressBar({ label, percent, text, color = 'harbour', size = 6 }: ProgressBarProps) {
  return (
    <Progress.Root
      size={size}
      radius="xl"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(percent)}
      aria-valuetext={text}
    >
      <Progress.Section withAria={false} value={percent} color={color} />
    </Progress.Root>
  );
}
