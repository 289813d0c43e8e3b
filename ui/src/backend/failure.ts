// Turns whatever was thrown into a `Failure` of the contract. The framework refuses with plain strings (an unlisted command, a
// wrong argument): those become `not_found` of a command, so that the window has one kind of error to show.
import type { Failure, Reason, Violation } from "./types";

function isFailure(value: unknown): value is Failure {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { code?: unknown }).code === "string" &&
    typeof (value as { message?: unknown }).message === "string"
  );
}

export function toFailure(thrown: unknown): Failure {
  if (isFailure(thrown)) return thrown;
  if (typeof thrown === "string" && thrown !== "") return strange(thrown);
  if (thrown instanceof Error && thrown.message !== "") return strange(thrown.message);
  return strange("the app answered something that this window does not understand");
}

function strange(said: string): Failure {
  return {
    code: "not_found",
    what: "command",
    name: "",
    message: `This window and the app do not understand each other: ${said}. Restart the app; nothing was changed.`,
  };
}

/** The violations of a failure, empty when it is of another kind. */
export function violationsOf(failure: Failure | null | undefined): Violation[] {
  return failure?.code === "bad_input" ? failure.violations : [];
}

/** A failure in the shape that an empty answer carries, so that one part shows both. */
export function reasonOf(failure: Failure): Reason {
  return {
    code: failure.code,
    message: failure.message,
    reset_at: "reset_at" in failure ? failure.reset_at : null,
  };
}

/** What to show under the one field of a form. */
export function messageOf(failure: Failure): string {
  return (
    violationsOf(failure)
      .map((one) => one.message)
      .join(" ") || failure.message
  );
}
