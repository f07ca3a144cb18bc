import { Radio } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './settings.module.css';

interface LimitChoiceProps {
  readonly label: string;
  /** What it means as it is now. */
  readonly help: string;
  readonly freeLabel: string;
  readonly limitedLabel: string;
  readonly limited: boolean;
  readonly onChange: (limited: boolean) => void;
  /** The fields of the limit. They are there while there is one. */
  readonly children: ReactNode;
}

/** No limit, or one: the fields of the limit follow the words that lead to them. */
export function LimitChoice({ label, help, limited, onChange, children, ...labels }: LimitChoiceProps) {
  return (
    <Radio.Group
      label={label}
      description={help}
      value={limited ? 'limited' : 'free'}
      onChange={(value) => onChange(value === 'limited')}
    >
      <div className={classes.limit}>
        <Radio className={classes.limitWord ?? ''} value="free" label={labels.freeLabel} />
        <div className={classes.limitFields}>
          <Radio className={classes.limitWord ?? ''} value="limited" label={labels.limitedLabel} />
          {limited && children}
        </div>
      </div>
    </Radio.Group>
  );
}
