import { Button, Text, TextInput } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './settings.module.css';

interface FolderFieldProps {
  readonly folder: string;
  readonly help?: string;
  readonly onChange: () => void;
  /** Further buttons. */
  readonly children?: ReactNode;
}

/** A folder, and the button that has another one picked. */
export function FolderField({ folder, help, onChange, children }: FolderFieldProps) {
  const helpId = useId();
  return (
    <div>
      <div className={classes.withButton}>
        <TextInput
          className={classes.grows ?? ''}
          label="Folder"
          readOnly
          value={folder}
          title={folder}
          {...(help !== undefined && { 'aria-describedby': helpId })}
        />
        <Button variant="default" onClick={onChange}>
          Change
        </Button>
        {children}
      </div>
      {help !== undefined && (
        <Text id={helpId} size="xs" c="dimmed" mt={5}>
          {help}
        </Text>
      )}
    </div>
  );
}
