// The whole window when the app itself cannot start: what is wrong and one way on. Nothing of a workspace is shown.
import { Button } from "../shared/Button";
import { State } from "../shared/State";
import { texts } from "../texts/texts";

const words = texts.shell;

export function NotStarted({ sentence }: { sentence: string }) {
  return (
    <main className="flex h-full flex-col bg-bg">
      <h1 className="sr-only">{words.product}</h1>
      <State title={words.start.failed} text={sentence} alert>
        <Button kind="primary" autoFocus onClick={() => location.reload()}>
          {words.start.again}
        </Button>
      </State>
    </main>
  );
}
