import { answerTo, PROBLEM_TYPE, type ProblemAnswer } from '@zegel/node/adapter';
import type { FastifyInstance, FastifyReply } from 'fastify';

/**
 * Answers what `access` threw in a handler, whatever the app's error handler made of it: a refusal by the log must look
 * the same everywhere.
 */
export function answerErrors(app: FastifyInstance): void {
  const answers = new WeakMap<FastifyReply, ProblemAnswer>();
  app.addHook('onError', (_request, reply, error, done) => {
    const answer = answerTo(error);
    if (answer !== undefined) answers.set(reply, answer);
    done();
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    const answer = answers.get(reply);
    if (answer === undefined) return done(null, payload);
    reply.code(answer.status).type(PROBLEM_TYPE).header('content-length', Buffer.byteLength(answer.body));
    done(null, answer.body);
  });
}
