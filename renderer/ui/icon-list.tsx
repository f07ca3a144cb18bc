import type { Icon } from '@tabler/icons-react';
import classes from './icon-list.module.css';

interface IconListProps {
  readonly icon: Icon;
  /** One sentence each; no two are the same. */
  readonly items: readonly string[];
  /** `xs` is for what stands back. */
  readonly size: 'xs' | 'sm';
}

/** Sentences below each other, with the same icon before each. */
export function IconList({ icon: Picture, items, size }: IconListProps) {
  return (
    <ul className={classes.list} data-size={size}>
      {items.map((item) => (
        <li key={item}>
          <Picture size={size === 'xs' ? 15 : 16} aria-hidden />
          {item}
        </li>
      ))}
    </ul>
  );
}
