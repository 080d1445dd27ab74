/** The command cannot do its work; the message is a sentence for whoever typed it, and no stack is shown. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}
