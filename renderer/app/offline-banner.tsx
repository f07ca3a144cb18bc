import { useNetwork } from '@mantine/hooks';
import { IconWifiOff } from '@tabler/icons-react';
import classes from './offline-banner.module.css';

/** Says that this computer is offline, while it is. */
export function OfflineBanner() {
  const { online } = useNetwork();
  return (
    <div role="status">
      {!online && (
        <div className={classes.banner}>
          <IconWifiOff size={18} stroke={1.75} aria-hidden />
          This computer is offline. Downloads wait and go on by themselves when it is back.
        </div>
      )}
    </div>
  );
}
