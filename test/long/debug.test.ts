import { it } from 'vitest';
import { takeWalk } from './walks/walk.ts';
it('x', async () => {
  const files = [{"name":"é.csv","bytes":1,"lists":"checksum","ranges":true,"etag":true}] as any;
  const steps = [{"do":"turns","turns":22},{"do":"order","order":"pause","which":[6,5],"patient":false},{"do":"time","ms":2000},{"do":"order","order":"resume","which":[6,0],"patient":false},{"do":"fault","fault":"drop","which":[2],"at":0,"times":5},{"do":"power cut","seed":2147483642},{"do":"wake"},{"do":"add","which":"all"},{"do":"order","order":"resume","which":[5,1,0],"patient":true}] as any;
  await takeWalk(files, steps);
}, 20000);
