/** Where people reach the control plane with their browsers. */
export class ConsoleAddress {
  /** @param url without a slash at its end */
  constructor(readonly url: string) {}

  /** Cookies are for TLS only. */
  get secure(): boolean {
    return this.url.startsWith('https:');
  }

  /** Where a one-time link leads; its token stands where neither servers nor logs see it. */
  welcome(token: string): string {
    return `${this.url}/console/welcome#${token}`;
  }
}
