import { Button, Group, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useCdr } from '../bridge/cdr-context.tsx';

interface CopyButtonProps {
  readonly label: string;
  /** Made when the button is pressed. */
  readonly text: () => string | Promise<string>;
  readonly size?: 'sm' | 'compact-sm';
}

/** Puts a text on the clipboard, and says whether it did. */
export function CopyButton({ label, text, size = 'sm' }: CopyButtonProps) {
  const cdr = useCdr();
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = async () => {
    const answer = await cdr.desktop.copyText(await text());
    setCopied(answer.ok);
  };
  return (
    <Group gap="sm">
      <Button
        size={size}
        variant="default"
        leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        onClick={() => void copy()}
      >
        {label}
      </Button>
      <Text size="sm" role="status">
        {copied !== null && (copied ? 'Copied' : 'It could not be copied')}
      </Text>
    </Group>
  );
}
