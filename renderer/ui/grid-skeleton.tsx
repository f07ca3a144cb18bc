import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';

/** Stands where a grid will be, while its first rows are on their way. */
export function GridSkeleton({ label, rows = 6 }: { label: string; rows?: number }) {
  return (
    <Stack gap={14} pt="xs" role="status">
      <VisuallyHidden>{label}</VisuallyHidden>
      <Skeleton height={18} width="100%" />
      {Array.from({ length: rows }, (_, row) => `row ${row}`).map((key) => (
        <Skeleton key={key} height={26} width="100%" />
      ))}
    </Stack>
  );
}
