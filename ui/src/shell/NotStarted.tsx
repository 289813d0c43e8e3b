// The whole window when the app itself cannot start: what is wrong and one way on. Nothing of a workspace is shown.
import { Button } from "../shared/Button";
import { State } from "../shared/State";

export function NotStarted({ sentence }: { sentence: string }) {
  return (
    <main className="flex h-full flex-col bg-bg">
      <h1 className="sr-only">Foray</h1>
      <State title="Foray could not start" text={sentence} alert>
        <Button kind="primary" autoFocus onClick={() => location.reload()}>
          Try again
        </Button>
      </State>
    </main>
  );
}
