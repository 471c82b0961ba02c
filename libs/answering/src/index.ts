export type { Answered, AnswerRequest, AnswerTrace, Citation, TalkLine, Verdict } from './answer.js';
