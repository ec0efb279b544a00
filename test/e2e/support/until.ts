import { setTimeout as sleep } from 'node:timers/promises';

/** A question that has an answer one day; until then it is answered `false` or nothing. */
type Question<Answer> = () => Promise<Answer | false | undefined> | Answer | false | undefined;

/** Asks again and again until there is an answer; fails when there is none in time. */
export async function until<Answer>(
  what: string,
  ask: Question<Answer>,
  { seconds = 30, everyMs = 20, said = (): string => '' } = {},
): Promise<Answer> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`waited ${seconds} seconds for ${what}\n${said()}`);
    await sleep(everyMs);
  }
}
