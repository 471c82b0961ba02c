import { addressOf, ApiProblem, CSRF_HEADER, NoAnswer, ProblemSchema } from '@baton/control-api';
import type { Operation, RequestOf, ResultOf } from '@baton/control-api';

/** Sends a file and tells how far it is, 0 to 100; a plain request would not. Ends early with `signal`. */
export function upload<O extends Operation>(
  operation: O,
  request: RequestOf<O>,
  o: {
    readonly file: File;
    readonly csrfToken: string | undefined;
    readonly onProgress: (percent: number) => void;
    readonly signal: AbortSignal;
  },
): Promise<ResultOf<O>> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open(operation.method, addressOf(operation, request));
    sending.responseType = 'text';
    sending.setRequestHeader('accept', 'application/json');
    sending.setRequestHeader('content-type', 'application/octet-stream');
    if (o.csrfToken !== undefined) sending.setRequestHeader(CSRF_HEADER, o.csrfToken);
    sending.upload.onprogress = ({ loaded, total }) => total > 0 && o.onProgress(Math.round((loaded / total) * 100));
    sending.onload = () => {
      const told = read(sending.responseText);
      if (sending.status < 300) return resolve(told as ResultOf<O>);
      const problem = ProblemSchema.safeParse(told);
      reject(
        problem.success ? new ApiProblem(problem.data) : new NoAnswer(`Something between here and Baton answered with ${sending.status}.`),
      );
    };
    sending.onerror = () => reject(new NoAnswer('The file could not be sent. Check the connection and try again.'));
    sending.onabort = () => reject(new NoAnswer('Sending was ended.'));
    o.signal.addEventListener('abort', () => sending.abort(), { once: true });
    sending.send(o.file);
  });
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
