import { assertAllRoutesAudited } from '@zegel/testing';
import { expect, test } from 'vitest';
import { testService } from './service.ts';

test('every route is audited or says why it need not be', async () => {
  const service = await testService();
  const { app } = service;
  try {
    assertAllRoutesAudited(app);
    app.get('/forgotten', (c) => c.text('oops'));
    expect(() => assertAllRoutesAudited(app)).toThrow('GET /forgotten is neither audited');
  } finally {
    await service.close();
  }
});
