import type { Clock } from '../../lib/clock.ts';
import { startWebexService } from './webex-service.ts';

/** Small pages, so that paging is seen. */
const PAGE_SIZE = 100;

/** Sample data of a made-up organization, and how to sign in to it. Without rates: nobody has to wait for a sample. */
export async function startWebexSample(clock: Clock) {
  const service = await startWebexService({ clock, limits: { rates: null, pageSize: PAGE_SIZE } });
  const { clientId, clientSecret, refreshToken } = service.client;
  return {
    fields: {
      accountName: 'Sample organization',
      way: 'service-app',
      clientId,
      clientSecret,
      refreshToken,
      region: 'auto',
      signInAddress: service.signInAddress,
    },
    serverAddress: service.address,
    close: () => service.close(),
  };
}
