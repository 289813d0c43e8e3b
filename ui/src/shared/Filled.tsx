// A text with something drawn in its middle: "Press {key} to go on", wherever its language has the gap.
import { createElement, Fragment, type ReactNode } from "react";

interface FilledProps {
  text: string;
  /** What is drawn for each `{name}` in it. */
  parts: Record<string, ReactNode>;
}

export function Filled({ text, parts }: FilledProps) {
  const pieces = text.split(/\{(\w+)\}/).map((piece, at) => (at % 2 === 0 ? piece : parts[piece]));
  return createElement(Fragment, null, ...pieces);
}
