// A text with something drawn in its middle: "Press {key} to go on", wherever its language has the gap.
import { Fragment, type ReactNode } from "react";

interface FilledProps {
  text: string;
  /** What is drawn for each `{name}` in it. */
  parts: Record<string, ReactNode>;
}

export function Filled({ text, parts }: FilledProps) {
  return text.split(/\{(\w+)\}/).map((piece, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text do not change their places
    <Fragment key={at}>{at % 2 === 0 ? piece : parts[piece]}</Fragment>
  ));
}
