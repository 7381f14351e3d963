/**
 * LongGenBench's prompts and answers: numbered examples, then numbered questions, all answered in one
 * long text.
 *
 * @module
 */
import type { Message } from "../suite.ts";
import type { Question } from "./question.ts";

/** The two kinds of files. */
export type Task = "gsm8k" | "mmlu";

/** Examples before the first question: eight for GSM8K and five for MMLU, as in the published files. */
export const EXAMPLES: Record<Task, number> = { gsm8k: 8, mmlu: 5 };

const INSTRUCTION = "Answer each question step by step, adhering to the format shown in the " +
  "examples provided. Start each response with 'Answer_' and introduce the final response with " +
  "'The answer is'. Do not repeat the question. Ensure that you respond to all the questions " +
  "presented, regardless of their number.";

/** The system message that the benchmark puts before each prompt; the files do not hold it. */
export const SYSTEM: Record<Task, string> = {
  gsm8k: INSTRUCTION,
  mmlu: `${INSTRUCTION} The following are multiple choice questions (with answers) about `,
};

/** The user's message: examples with their answers, then questions. */
export function renderPrompt(examples: readonly Question[], questions: readonly Question[]) {
  const shown = examples.map((example, i) =>
    `${renderQuestion(example, i + 1)}\n${renderAnswer(example, i + 1)}`
  );
  const asked = questions.map((question, i) => renderQuestion(question, examples.length + i + 1));
  return `Examples:\n${shown.join("\n\n")}\n\nQuestions:\n${asked.join("\n")}`;
}

/**
 * The right answer to a prompt.
 *
 * @param first Number of the first question: one more than there are examples.
 */
export function renderAnswers(questions: readonly Question[], first: number): string {
  return questions.map((question, i) => renderAnswer(question, first + i)).join("\n\n");
}

/** The messages as the benchmark gives them to a model. */
export function promptMessages(task: Task, prompt: string): Message[] {
  return [{ role: "system", content: SYSTEM[task] }, { role: "user", content: prompt }];
}

function renderQuestion({ text }: Question, number: number): string {
  return `Question_${number}: ${text}`;
}

/** LongGenBench's own scorer wants a new line after the colon and an empty line between answers. */
function renderAnswer({ answer }: Question, number: number): string {
  return `Answer_${number}:\n${answer}`;
}
