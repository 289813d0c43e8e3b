// A button that spends: what it costs at most stands on it and is what is agreed to. Without its price it does nothing, nor where a cap
// leaves nothing for it, which it says.
import { useQuery } from "@tanstack/react-query";
import type { Agreed, ExportEstimate } from "../backend/types";
import { Button } from "../shared/Button";
import { lookEveryMs } from "../shared/lookEvery";
import { texts } from "../texts/texts";
import { estimateWords } from "./priceWords";

/** Whoever presses a button agrees to what stands on it, and to no more. */
export function agreedTo({ calls_at_most, payable }: ExportEstimate): Agreed {
  return { calls: calls_at_most, credits: Math.ceil(payable) };
}

interface PricedButtonProps {
  words: string;
  queryKey: readonly unknown[];
  price: () => Promise<ExportEstimate>;
  onPress: (price: ExportEstimate) => void;
  autoFocus?: boolean;
}

export function PricedButton({ words, queryKey, price, onPress, autoFocus }: PricedButtonProps) {
  const estimate = useQuery({
    queryKey,
    queryFn: price,
    gcTime: 0,
    // A cap has room again when its day is over, or when somebody raised it elsewhere.
    refetchInterval: ({ state }) => (state.data?.held ? lookEveryMs : false),
  });
  const held = estimate.data?.held ?? false;
  return (
    <Button
      className="h-6 text-sm"
      autoFocus={autoFocus}
      off={!estimate.data || held}
      title={estimate.data?.short ?? undefined}
      onClick={() => estimate.data && onPress(estimate.data)}
    >
      {words}
      {held ? ` · ${texts.jobs.price.held}` : estimate.data ? ` · ${estimateWords(estimate.data)}` : ""}
    </Button>
  );
}
