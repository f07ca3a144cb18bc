import { Text, type TextProps } from '@mantine/core';

/** One line of text that ends in an ellipsis where there is no room, and is whole in its tooltip. */
export function Truncated({ text, ...props }: { text: string } & TextProps) {
  return (
    <Text truncate title={text} size="sm" {...props}>
      {text}
    </Text>
  );
}
