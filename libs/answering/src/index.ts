export type { Answered, AnswerRequest, AnswerTrace, Citation, TalkLine, Verdict } from './answer.js';
export { answer } from './answering.js';
export { AnsweringError } from './errors.js';
export { lineOf, type Voice } from './language/lines.js';
export { visitorLanguage } from './language/visitor-language.js';
export { complete, type ChatModel } from './written/chat-model.js';
